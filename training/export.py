"""Write a trained network as the ONNX file that briefgen runs: 7-bit weights, exact sums.

The encoder's weights become signed integers of at most ±63 with one scale a column, its activations
8 bits at run time: products of the two add up exactly in the 16 bits that processors without VNNI
instructions have (2 · 255 · 63 < 32,768), so that every machine finds the same. Word embeddings
become 8 bits with one scale a row. The heads stay in 32-bit floats, and so does what 8 bits of
activations would blur most.
"""

import math
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import SHARED, Network

_LARGEST = 63
_A_LAYER = 8
"""Products of matrices in a layer: asks, keys, values, two of attention, three dense ones."""
_LAYERS = 6
"""Layers of all-MiniLM-L6-v2."""
_OWN = (SHARED * _A_LAYER, _LAYERS * _A_LAYER + 1)
"""Where the products of each output's own layers begin; the heads' product lies between them."""
_WIDE = (
    *range(SHARED * _A_LAYER),
    *(own + layer * _A_LAYER - 1 for own in _OWN for layer in (1, 2)),
    *(own + (_LAYERS - SHARED) * _A_LAYER for own in _OWN),
)
"""Products that stay in floats: those of the shared layers, the last ones of the next two, whose
activations spread too widely for 8 bits, and the heads'. They halve the error of the outputs, from
0.098 to 0.047 where the spread is 1.8, for 18 % of speed and 14 MB. Weights of 8 bits make it no
less."""
_MASKED = -10_000.0
"""Added to the attention of padding."""


class _Plain(nn.Module):
    """Both networks in plain operations, which export cleanly and quantise one by one."""

    def __init__(self, findings: Network, attributions: Network) -> None:
        super().__init__()
        self.findings, self.attributions = findings, attributions

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        embeddings = self.findings.encoder.embeddings
        x = embeddings.word_embeddings(ids)
        x = x + embeddings.position_embeddings.weight[: ids.shape[1]].unsqueeze(0)
        x = embeddings.LayerNorm(x + embeddings.token_type_embeddings.weight[0])
        hidden = (1.0 - mask[:, None, None, :].to(torch.float32)) * _MASKED
        for layer in self.findings.encoder.encoder.layer[:SHARED]:
            x = self._layer(layer, x, hidden)
        return self._rest(self.findings, x, hidden), self._rest(self.attributions, x, hidden)

    def _rest(self, network: Network, x: Tensor, hidden: Tensor) -> Tensor:
        for layer in network.encoder.encoder.layer[SHARED:]:
            x = self._layer(layer, x, hidden)
        result: Tensor = network.heads(x)
        return result

    def _layer(self, layer: Any, x: Tensor, hidden: Tensor) -> Tensor:
        batch, length, width = x.shape
        attention = layer.attention.self
        heads = attention.num_attention_heads

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, heads, width // heads).permute(0, 2, 1, 3)

        asks, keys, values = (
            split(part(x)) for part in (attention.query, attention.key, attention.value)
        )
        share = (asks @ keys.transpose(-1, -2) / math.sqrt(width // heads) + hidden).softmax(-1)
        mixed = (share @ values).permute(0, 2, 1, 3).contiguous().view(batch, length, width)
        x = layer.attention.output.LayerNorm(layer.attention.output.dense(mixed) + x)
        grown = nn.functional.gelu(layer.intermediate.dense(x))
        return layer.output.LayerNorm(layer.output.dense(grown) + x)


def export(findings: Network, attributions: Network, path: Path) -> None:
    """Write two networks to one ONNX file: inputs ``ids``, ``mask`` and ``wide``, output ``out``.

    ``wide`` is true where attributions are asked for.

    Raises ValueError where their embeddings and lowest ``SHARED`` layers differ, which are written
    once.
    """
    lowest = _lowest(attributions)
    if not all(torch.equal(weight, lowest[name]) for name, weight in _lowest(findings).items()):
        raise ValueError(f"the networks' lowest {SHARED} layers differ: freeze them in both")
    network = _Plain(findings, attributions).eval()
    ids = torch.randint(1000, 20000, (2, 50))
    mask = torch.ones_like(ids)
    free = {0: "batch", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        whole, small = Path(folder) / "whole.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            network,
            (ids, mask),
            str(whole),
            input_names=["ids", "mask"],
            output_names=["findings", "attributions"],
            dynamic_axes=dict.fromkeys(("ids", "mask", "findings", "attributions"), free),
            opset_version=17,
            dynamo=False,
        )
        matrices = [n.name for n in onnx.load(whole).graph.node if n.op_type == "MatMul"]
        quantize_dynamic(
            whole,
            small,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=[matrices[at] for at in _WIDE],
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
        model = onnx.load(small)
    _quantise_embeddings(model)
    _narrow_weights(model)
    _choose(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _lowest(network: Network) -> dict[str, Tensor]:
    """Weights of the embeddings and of the layers that both readings share."""
    layers = network.encoder.encoder.layer[:SHARED]
    return {**network.encoder.embeddings.state_dict(prefix="words."), **layers.state_dict()}


def _quantise_embeddings(model: ModelProto) -> None:
    """Word embeddings in 8 bits, one scale a row."""
    graph = model.graph
    table = max(graph.initializer, key=lambda i: math.prod(i.dims))
    values = numpy_helper.to_array(table)
    scale = np.abs(values).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    gather = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == table.name)
    at = list(graph.node).index(gather)
    graph.initializer.remove(table)
    for name, array in (
        ("words", np.rint(values / scale).astype(np.int8)),
        ("word scales", scale.astype(np.float32)),
    ):
        graph.initializer.append(numpy_helper.from_array(array, name))
    graph.node.remove(gather)
    nodes = (
        helper.make_node("Gather", ["words", gather.input[1]], ["small words"]),
        helper.make_node("Cast", ["small words"], ["whole words"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["word scales", gather.input[1]], ["their scales"]),
        helper.make_node("Mul", ["whole words", "their scales"], [gather.output[0]]),
    )
    for offset, node in enumerate(nodes):
        graph.node.insert(at + offset, node)


def _narrow_weights(model: ModelProto) -> None:
    """Round the 8-bit weights of every matrix again, to the whole range from −63 to 63."""
    graph = model.graph
    values = {i.name: i for i in graph.initializer}
    makers = {output: node for node in graph.node for output in node.output}
    users: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        cast = users[node.output[0]][0]
        product = users[cast.output[0]][0]
        scales = makers[next(i for i in product.input if i != cast.output[0])]
        scale = next(i for i in scales.input if i in values)
        weights: NDArray[Any] = numpy_helper.to_array(values[node.input[1]]).astype(np.int32)
        factor = np.maximum(np.abs(weights).max(axis=0), 1) / _LARGEST
        narrow = np.rint(weights / factor).astype(np.int8)
        wider = (numpy_helper.to_array(values[scale]) * factor).astype(np.float32)
        values[node.input[1]].CopyFrom(numpy_helper.from_array(narrow, node.input[1]))
        values[scale].CopyFrom(numpy_helper.from_array(wider, scale))


def _choose(model: ModelProto) -> None:
    """Run the own layers of attributions where the input ``wide`` is true, else those of findings.

    onnxruntime runs a whole graph whatever output is asked for; of the branches of an If, one.
    Asking for one output of two took as long as both: 2,100 pieces a second in place of 3,200.
    """
    graph = model.graph
    makers = {name: node for node in graph.node for name in node.output}

    def behind(output: str) -> set[str]:
        found: set[str] = set()
        waiting = [output]
        while waiting:
            node = makers.get(waiting.pop())
            if node is not None and node.output[0] not in found:
                found.add(node.output[0])
                waiting += node.input
        return found

    findings, attributions = behind("findings"), behind("attributions")
    result = next(value for value in graph.output if value.name == "findings")
    branches = {}
    for name, own in (
        ("findings", findings - attributions),
        ("attributions", attributions - findings),
    ):
        nodes = [node for node in graph.node if node.output[0] in own]
        told = helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
        branches[name] = helper.make_graph(nodes, name, [], [told])
    shared = [node for node in graph.node if node.output[0] in findings & attributions]
    which = helper.make_node(
        "If",
        ["wide"],
        ["out"],
        then_branch=branches["attributions"],
        else_branch=branches["findings"],
    )
    result.name = "out"
    del graph.node[:], graph.output[:]
    graph.node.extend([*shared, which])
    graph.output.append(result)
    graph.input.append(helper.make_tensor_value_info("wide", TensorProto.BOOL, []))
