// Reads a graph file as graphology does, and writes down what it found: graphology.mjs FORMAT FILE ANSWER

import { readFileSync, writeFileSync } from "node:fs";
import { MultiDirectedGraph } from "graphology";
import gexf from "graphology-gexf/node/index.js";
import graphml from "graphology-graphml/node/index.js";

const [form, file, answer] = process.argv.slice(2);
const graph = (form === "gexf" ? gexf : graphml).parse(MultiDirectedGraph, readFileSync(file, "utf8"), {
  allowUndeclaredAttributes: false, addMissingNodes: false, respectInputGraphType: false,
});
const nodes = Object.fromEntries(graph.mapNodes((key, data) => [key, data]));
const edges = Object.fromEntries(graph.mapEdges((key, data, source, target) => [key, [source, target, data]]));
writeFileSync(answer, JSON.stringify({ nodes, edges }));
