"""What is allowed: budgets, secrets, written conditions. Imports trace and core alone."""
