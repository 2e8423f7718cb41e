"""What cells show is the same with the warm engine as with papermill's standard engine, to the byte.

Cells that leave their kernel as it was share one; what stops a notebook stands at its end.
"""

from __future__ import annotations

import pytest
from engines import by_night, differences, written

NOTEBOOKS = {
    "text and objects": [
        # results
        "1 + 1",
        "x = 2",
        "x",
        "_ + Out[1]",
        "__, _1, _ih[1], In[1]",
        "1;",
        "",
        "# nothing",
        # two streams
        "import sys\nprint('e', file=sys.stderr)\nprint('o')\nprint('e', file=sys.stderr)",
        "print('a\\rb', 'x\\by', 'n\\0l', '\\x1b[31mred\\x1b[0m'); '\\x1b[31mred'",
        "import io\nkept, sys.stdout = sys.stdout, io.StringIO()\nprint('hidden')\nsys.stdout = kept",
        # prints that take their time
        "import time\nprint('a'); time.sleep(0.4); print('b')",
        "print('c', end='')",
        # warnings and logs
        "import warnings\nwarnings.warn('careful', stacklevel=1)",
        "warnings.warn('old', DeprecationWarning)",
        "import logging\nlogging.warning('w'); logging.getLogger('tornado').warning('t')",
        "logging.basicConfig(level='INFO', force=True); logging.info('i')",
        "'a' is 'b'",
        "class D:\n    def __del__(self): 1 / 0\nd = D(); del d",
        # top-level await
        "import asyncio\nawait asyncio.sleep(0)\n'done'",
        "async def tick():\n    for i in range(3): print('tick', i); await asyncio.sleep(0)\ntask = asyncio.create_task(tick())",
        "await asyncio.sleep(0.01)\ntask.done()",
        "await asyncio.gather(asyncio.to_thread(print, 'thread'), asyncio.sleep(0))",
        # context variables
        "import contextvars\nkept = contextvars.ContextVar('kept'); kept.set(3); None",
        "kept.get()",
        "import asyncio\nawait asyncio.sleep(0)\nkept.set(4); None",
        "kept.get()",
        # Unicode
        "print('Làng nghề 😀')",
        "'làng nghề \\N{COMBINING ACUTE ACCENT}'",
        "open('làng nghề 😀.py', 'w', encoding='utf-8').write('print(\"chào\")')",
        "%run 'làng nghề 😀.py'",
        # displays
        "from IPython.display import HTML, clear_output, display, update_display\nhandle = display(HTML('<b>a</b>'), display_id='k')",
        "display('again', display_id='k')",
        "handle.update(HTML('<b>b</b>'))",
        "update_display('nowhere', display_id='unknown')",
        "display({'text/plain': 'z'}, raw=True, metadata={'scrapbook': {'name': 'x'}})",
        "display({'image/png': b'abc', 'application/json': {'a': [1, None]}}, raw=True)",
        "print(1); clear_output(); print(2); clear_output(wait=True); print(3)",
        "import sys; sys.displayhook(5); exec('6')",
        "from myst_nb import glue\nglue('x', 1.5); glue('y', 'text', display=False)",
        # libraries
        "import pandas as pd, numpy as np\npd.DataFrame(np.arange(700).reshape(10, 70))",
        "pd.Series([1.5]).sum(), np.float64(1.5), pd.to_datetime(['2020-01-01'])",
        "[pd.get_option(f'display.{name}') for name in ('encoding', 'max_columns', 'width')]",
        "np.array([1.]) / 0",
        "from rich import print as say\nsay('[bold]x[/bold]')",
        "from tqdm import tqdm\nfor i in tqdm(range(3), bar_format='{n}'): pass",
        # comms
        "from comm import create_comm\nc = create_comm(target_name='t', data={'state': {'v': 1}, 'buffer_paths': [['b']]}, buffers=[b'\\x00\\xff' * 300_000])",
        "c.send({'method': 'update', 'state': {'v': 2}, 'buffer_paths': [['b'], ['d']]}, buffers=[b'12', memoryview(b'345')])",
        # widgets
        "import ipywidgets as widgets\nslider = widgets.IntSlider(value=3, description='x')\nslider",
        "slider.observe(lambda change: print('changed to', change['new']), 'value')\nslider.value = 5",
        "out = widgets.Output()\nout",
        "with out: print('inside'); display(1)",
        "widgets.VBox([widgets.Text('Làng'), widgets.Image(value=b'\\x00\\x01', format='png')])",
        # the namespace
        "sorted(n for n in globals() if not n.startswith('_'))",
        "__name__, type(get_ipython()).__name__",
        "import __main__, pickle\nclass P: pass\ntype(pickle.loads(pickle.dumps(P()))) is __main__.P",
        "open('beside.py', 'w').write('x = 5')",
        "import beside\nbeside.x",
        "x: int = 3\n__annotations__",
        # hooks
        "get_ipython().events.register('post_run_cell', lambda result: print('ran', result.success))",
        "get_ipython().set_custom_exc((ValueError,), lambda self, kind, error, *rest, **more: print('handled', error))",
        "raise ValueError('q')",
        "import sys\nsys.excepthook = lambda *_: print('never')",
        # an error while a thread works
        "import threading\ngo = threading.Event()\nthread = threading.Thread(target=go.wait)\nthread.start()",
        "1 / 0",
        "print('never')",
    ],
    "much output": [
        # many small outputs
        "for i in range(1100): print(i, flush=True)",
        "for i in range(250): display(i)",
        # giant output
        "print('x' * 3_000_000)",
        "'y' * 1_000_000",
    ],
    "magics": [
        # magics
        "%pwd",
        "%who",
        "%xmode",
        "%%writefile zz.py\nprint('ran')",
        "%run zz.py",
        "%%capture kept\nprint('hidden'); 1",
        "kept.stdout, kept.outputs",
        "len?",
        "%%html\n<b>x</b>",
        "%config InteractiveShell.ast_node_interactivity = 'all'",
        "1\n2",
        "%history",
        "%env ABC=1",
        "%lsmagic",
        "%cd ..",
        "%cd -",
        "%xmode Minimal",
        "1 / 0",
    ],
    "figures": [
        # figures beside pyplot
        "from matplotlib.figure import Figure\nfigure = Figure(); figure.add_subplot().plot([1, 2])\nfigure",
        "import seaborn\nseaborn.set_theme(); ax = seaborn.lineplot(x=[1, 2], y=[2, 1])",
        "ax.figure.savefig('f.png', metadata={'Software': None})",
        # figures
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
        "fig, ax = plt.subplots()\nax.plot([1, 3]);",
        "plt.get_backend(), plt.isinteractive(), plt.rcParams['figure.dpi'], plt.get_fignums()",
        "%config InlineBackend.close_figures = False\nplt.plot([3, 4])",
        "plt.title('the same figure')",
        "plt.close('all')\nfig",
        "%matplotlib inline\nplt.rcParams['svg.hashsalt'] = 'a'\n%config InlineBackend.figure_formats = ['svg']",
        "plt.plot([1, 1]); None",
        "plt.plot([1, 1])\n1 / 0",
    ],
    "figures of other backends": [
        # figures of other backends
        "%matplotlib agg\nimport matplotlib, matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.get_backend(), plt.get_fignums()",
        "%matplotlib inline\nplt.gcf()",
        "matplotlib.use('svg'); plt.get_backend()",
        "plt.rcdefaults(); matplotlib.rc_file_defaults(); plt.rcParams['backend']",
        "%matplotlib --list",
    ],
    "a syntax error": ["def f(:"],
    "sys.exit": ["import sys", "sys.exit(3)", "print('b')"],
    "a successful exit": ["raise SystemExit", "print('b')"],
}
AT_NIGHT = ("much output", "magics", "figures of other backends", "a syntax error", "a successful exit")
ERRORS = [
    "def f(:",
    "1 / 0",
    "def f():\n    try: 1 / 0\n    except ZeroDivisionError as error: raise ValueError('outer') from error\nf()",
    "raise ExceptionGroup('g', [ValueError(1), TypeError(2)])",
    "error = ValueError('x'); error.add_note('a note'); raise error",
    "raise KeyboardInterrupt",
    "import pandas as pd\npd.DataFrame({'a': [1]})['b']",
    "import sys\nsys.setrecursionlimit(120)\nn = 0\ndef deeper():\n    global n\n    n += 1; deeper()\ndeeper()",
    "n, sys.setrecursionlimit(1000)",
    "import json\njson.loads('{')",
    "class A:\n    def __repr__(self): raise ValueError('no')\nA()",
    "class B:\n    def _repr_html_(self): raise ValueError('no')\n    def __repr__(self): return 'B'\nB()",
    "class C:\n    def _repr_mimebundle_(self, **_): return {'text/plain': object()}\nC()",
    "input('name? ')",
    "import getpass\ngetpass.getpass()",
    "sys.stdin.read(), open(0)",
    "await nothing",
    "import asyncio\nasyncio.run(asyncio.sleep(0))",
    "raise SystemExit",
    "'the last'",
]


@pytest.mark.parametrize("cells", by_night(NOTEBOOKS, *AT_NIGHT))
def test_a_notebook_is_the_same_as_with_the_standard_engine(cells, tmp_path):
    assert differences(written(tmp_path, *cells)) == []


def test_errors_that_are_allowed_are_the_same_as_with_the_standard_engine(tmp_path):
    path = written(tmp_path, *ERRORS, tag="raises-exception")
    assert differences(path) == []
