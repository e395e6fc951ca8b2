/** The PINs that a practice till starts with. They stand on its screen: nothing real is behind them. */
export const practicePins = { cashier: '1111', administrator: '1234' } as const
