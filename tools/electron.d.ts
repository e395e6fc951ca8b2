/** Electron's program when it is whole and of the right version, else null. Never fetches anything. */
export function findElectron(): string | null
