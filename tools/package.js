// npm run package: builds the program and packs it for this system into dist/, by electron-builder.yml. What stands
// after `--` goes to electron-builder: npm run package -- --arm64
import fs from 'node:fs'
import { inProject, run, runTool, say } from './project.js'
import { buildNow, setUp } from './setup.js'

/** Addresses that whoever publishes has not put in yet; no address of theirs can end like this. */
function placeholders() {
  const lines = fs.readFileSync(inProject('electron-builder.yml'), 'utf8').split('\n')
  return lines.filter((line) => /\.invalid\b/.test(line) && !line.startsWith('#')).map((line) => line.trim())
}

await runTool(async () => {
  for (const line of placeholders()) say(`electron-builder.yml still has a placeholder: ${line}`)
  const node = await setUp()
  await buildNow(node)
  const program = inProject('node_modules', 'electron-builder', 'cli.js')
  const { code } = await run(node, [program, '--publish', 'never', ...process.argv.slice(2)], { show: true })
  if (code !== 0) {
    say('Packing needs the network once: for Electron itself and for the tools that make installers.')
    return 1
  }
  for (const file of fs
    .readdirSync(inProject('dist'))
    .filter((name) => /\.(exe|AppImage|deb|dmg|zip)$/.test(name)))
    say(`dist/${file}: ${(fs.statSync(inProject('dist', file)).size / 1_000_000).toFixed(1)} MB`)
  return 0
})
