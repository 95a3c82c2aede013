"""What people are told while they look elsewhere, and the product as an app on their devices."""
