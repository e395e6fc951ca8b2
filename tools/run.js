// Runs a TypeScript program of the project under Node 24, after set-up: node tools/run.js electron/demo.ts [arguments]
import fs from 'node:fs'
import { inProject, runTool, Stop } from './project.js'
import { setUp } from './setup.js'
import { passOn } from './pass-on.js'

await runTool(async () => {
  const [entry, ...rest] = process.argv.slice(2)
  if (!entry || !fs.existsSync(inProject(entry)))
    throw new Stop(`There is no program ${entry ?? ''} in this project.`)
  const node = await setUp()
  return passOn(node, [inProject(entry), ...rest])
})
