// Kassa prints no pictures through escpos: see docs/decisions/0006-escpos-carries-our-bytes.md.
module.exports = () => {
  throw new Error('get-pixels is left out of Kassa: print pictures with the raster command instead')
}
