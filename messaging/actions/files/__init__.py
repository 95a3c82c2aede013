"""Files and previews that stand below a message, and the pictures made of them."""
