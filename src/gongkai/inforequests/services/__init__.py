"""Acts on applications, one module a matter; every act checks the right, the state and the ledger."""
