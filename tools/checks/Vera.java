import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogManager;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates one PDF against flavours such as ua1 and 3a.
 *
 * <p>Prints tab-separated lines: "rule", flavour, rule, how often it failed, what it demands; then,
 * for each flavour, "result", flavour, PASS or FAIL, assertions tested, rules failed. Ends with 0
 * however the file fares; with another code where it could not be validated.
 */
public final class Vera {
    private static final int EVERY_FAILURE = -1;

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (int index = 1; index < arguments.length; index++) {
            validate(new File(arguments[0]), arguments[index], out);
        }
    }

    private static void validate(File file, String name, PrintStream out) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("no flavour is called " + name);
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            ValidationResult result = Foundries.defaultInstance()
                .createValidator(flavour, EVERY_FAILURE, false, false, false)
                .validate(parser);
            Map<String, Integer> failures = new LinkedHashMap<>();
            Map<String, String> demands = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-"
                        + assertion.getRuleId().getTestNumber();
                    failures.merge(rule, 1, Integer::sum);
                    demands.putIfAbsent(rule, assertion.getMessage().replaceAll("\\s+", " "));
                }
            }
            failures.forEach((rule, times) -> out.println(
                String.join("\t", "rule", name, rule, times.toString(), demands.get(rule))));
            out.println(String.join("\t", "result", name, result.isCompliant() ? "PASS" : "FAIL",
                String.valueOf(result.getTotalAssertions()), String.valueOf(failures.size())));
        }
    }
}
