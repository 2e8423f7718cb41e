"""A papermill engine that forks a kernel from a process in which the libraries are already imported.

engine.py   what papermill calls: `papermill --engine warm in.ipynb out.ipynb`
owner.py    the warm parent, as the process that owns it sees it
parent.py   the process that has imported everything and forks a kernel for each notebook
kernel.py   the forked kernel: ipykernel's own, with a socket in place of its ports
streams.py  its standard streams
client.py   the kernel, as papermill's client sees it
wire.py     Jupyter messages over the socket

The executed notebook and its files are those of papermill's standard engine, to the byte. What differs is
what a cell finds that asks for its own process:

    connection file   there is none: `sys.argv` and the configuration name an empty one
    command           `sys.orig_argv` is the warm parent's
    parent process    is the warm parent; `JPY_PARENT_PID` names the owner, as usual
    threads           none for ports, heartbeat, subshells and the debugger; BLAS has one
    descriptors       are fewer and have other numbers
    classes           streams, kernel and application are subclasses of ipykernel's, with the same names
    stack             below the cell stand frames of the parent, as many as usual
    frozen objects    `gc` does not look at what the parent has made
    libraries         are in `sys.modules` before they are imported; what they say, set and read from files and
                      environment when they are imported, they did in the parent

and what stands around it:

* A notebook that runs alone does not wait until the parent is warm: it imports itself what is missing by then.
* A timer flushes the streams; where it falls between two writes, with either engine, their text is two outputs,
  which whoever compares has to join.
* The file of the notebook is saved once a second at most, and at the end.
* What a kernel has said right before it died is kept, so the cell that killed it has its number.
* A process that a cell has started and left behind in the kernel's group is killed after the notebook.
"""
