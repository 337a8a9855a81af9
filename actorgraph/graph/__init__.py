"""The graph: answers as NetworkX graphs, and where their nodes stand in a drawing."""
