// Bytes that a QR code of version 1, 2, ... 40 holds at error correction level M (ISO/IEC 18004, table 7).
const bytesByVersion = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
]

/**
 * At most this many modules across is a QR code of so many bytes at level M, without its quiet zone;
 * digits and capitals may take less. Null when no QR code is large enough.
 */
export function qrModulesAcross(byteLength: number): number | null {
  const index = bytesByVersion.findIndex((capacity) => byteLength <= capacity)
  return index < 0 ? null : 21 + 4 * index
}
