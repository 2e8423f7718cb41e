"""A papermill engine that forks a kernel from a process in which the libraries are already imported.

engine.py   what papermill calls: `papermill --engine warm in.ipynb out.ipynb`
parent.py   the process that has imported everything and forks a kernel for each notebook
kernel.py   the forked kernel: ipykernel's own shell, with a socket in place of its ports
wire.py     Jupyter messages over that socket
"""
