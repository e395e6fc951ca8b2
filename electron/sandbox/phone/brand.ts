/** The sandbox's own mark: a coin above the waves of something heard. */
export const brandMark =
  '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">' +
  '<rect width="32" height="32" rx="9" fill="#0f5f63"/>' +
  '<circle cx="16" cy="10.5" r="4" fill="#f4c95d"/>' +
  '<path d="M7 19c3-2.6 6-2.6 9 0s6 2.6 9 0M7 24.5c3-2.6 6-2.6 9 0s6 2.6 9 0" fill="none" stroke="#e9f4f2" ' +
  'stroke-width="2.4" stroke-linecap="round"/></svg>'

export const brandIcon = `data:image/svg+xml,${encodeURIComponent(
  brandMark.replace('<svg class="mark"', '<svg xmlns="http://www.w3.org/2000/svg"'),
)}`
