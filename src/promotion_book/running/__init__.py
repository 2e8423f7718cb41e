"""From a plan to executed notebooks: the grid, what makes a rerun, the cache, a pool of processes, Dask."""
