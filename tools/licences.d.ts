/** Where in node_modules each shipped package lies. */
export function shippedPackages(root: string): string[]
