// Shows every new state of the preview; the brief keeps its place on the page.
"use strict";

const frame = document.querySelector("iframe");
const problems = document.getElementById("problems");
const gone = document.getElementById("gone");
let brief = Number(document.body.dataset.brief);

const news = new EventSource(`/events?since=${document.body.dataset.version}`);
news.onopen = () => { gone.hidden = true; };
news.onerror = () => { gone.hidden = false; };
news.addEventListener("change", (event) => {
  const now = JSON.parse(event.data);
  const lines = now.problems.map((problem) => {
    const line = document.createElement("li");
    line.textContent = problem;
    return line;
  });
  problems.querySelector("ul").replaceChildren(...lines);
  document.getElementById("last").hidden = now.brief === 0;
  problems.hidden = lines.length === 0;
  for (const link of document.querySelectorAll("[data-file]")) {
    link.hidden = !now.files.includes(link.dataset.file);
  }
  if (now.brief !== brief) {
    try {
      if (brief === 0) throw new Error("nothing to reload");
      frame.contentWindow.location.reload();
    } catch {
      // The first brief, or the reader has followed a link to another site.
      frame.src = "/brief/brief.html";
    }
    brief = now.brief;
  }
});
