"""The pages of conversations, and the forms and files behind them."""
