// Draws resources/icons/ from kassa.svg: PNGs for Linux, one .ico for Windows, one .icns for macOS. Run after the
// drawing has changed (npm run icons); what it writes is committed, so that packaging needs no drawing program.
import fs from 'node:fs'
import { chromium } from '@playwright/test'
import { findChromium } from './chromium.js'
import { inProject, runTool, say, Stop } from './project.js'

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const icons = (name) => inProject('resources', 'icons', name)

/** A Windows icon: a directory of PNGs, each up to 256 pixels wide, where 0 stands for 256. */
export function icoOf(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let at = head.length
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * index
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    at += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** The names under which macOS looks for PNGs; those with 2 in their pixel density are the same picture. */
const icnsTypes = { 16: ['icp4'], 32: ['icp5', 'ic11'], 64: ['ic12'], 128: ['ic07'], 256: ['ic08', 'ic13'] }
const largeIcnsTypes = { 512: ['ic09', 'ic14'], 1024: ['ic10'] }

/** A macOS icon: chunks of a four-letter name, their length with this head, and a PNG. */
export function icnsOf(pictures) {
  const types = { ...icnsTypes, ...largeIcnsTypes }
  const chunks = pictures.flatMap(({ size, png }) => (types[size] ?? []).map((name) => chunk(name, png)))
  return chunk('icns', Buffer.concat(chunks))
}

function chunk(name, content) {
  const head = Buffer.from(`${name}0000`)
  head.writeUInt32BE(content.length + 8, 4)
  return Buffer.concat([head, content])
}

async function draw(program) {
  const svg = fs.readFileSync(icons('kassa.svg'), 'utf8')
  const browser = await chromium.launch({ executablePath: program })
  try {
    const page = await browser.newPage()
    const pictures = []
    for (const size of sizes) {
      await page.setViewportSize({ width: size, height: size })
      await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px}</style>${svg}`)
      pictures.push({ size, png: await page.screenshot({ omitBackground: true }) })
    }
    return pictures
  } finally {
    await browser.close()
  }
}

if (process.argv[1] === inProject('tools', 'icons.js'))
  await runTool(async () => {
    const program = await findChromium(process.execPath)
    if (program === null) throw new Stop('Drawing the icons needs Chromium, Chrome or Edge.')
    const pictures = await draw(program)
    for (const { size, png } of pictures) fs.writeFileSync(icons(`${size}x${size}.png`), png)
    fs.writeFileSync(icons('kassa.ico'), icoOf(pictures.filter(({ size }) => size <= 256)))
    fs.writeFileSync(icons('kassa.icns'), icnsOf(pictures))
    say(`Drew ${pictures.length} sizes, kassa.ico and kassa.icns.`)
  })
