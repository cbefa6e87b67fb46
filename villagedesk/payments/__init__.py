"""Money out: claims through their sign-off chain, payrolls, vouchers that never change."""
