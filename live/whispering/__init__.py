"""What is told and not numbered: who types, who visits a card, who has read how far."""
