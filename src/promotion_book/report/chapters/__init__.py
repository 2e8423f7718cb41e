"""Tables, figures and sentences that several chapters show, or that need more than the cells of one."""
