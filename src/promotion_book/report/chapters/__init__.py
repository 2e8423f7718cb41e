"""What single chapters show, until the chapters compute it in the open."""
