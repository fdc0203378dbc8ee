-- Which master key an app's secret was sealed with, and a recovery code hashed with: it tells what follows a change of key.
-- What was there before has no name: it is sealed anew once, and its codes count as they did.
ALTER TABLE authenticators ADD COLUMN secret_key TEXT NOT NULL DEFAULT '';
ALTER TABLE recovery_codes ADD COLUMN code_key TEXT NOT NULL DEFAULT '';
