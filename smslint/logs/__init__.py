"""Log files to what their lines mean: records, signatures, and the settings behind them."""
