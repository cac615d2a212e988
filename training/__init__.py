"""Makes the training strings and trains the model of the reference reader. See README.md."""
