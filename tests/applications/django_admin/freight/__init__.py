"""What a freight office keeps: shipments, what is in them, and where they stop."""
