// npm test: sets up what is missing and runs every check. Each step says its time; the last line has the counts.
// `--fast` leaves out the build and the browser; `--only unit` (or any other step's name) runs one step.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureChromium } from './chromium.js'
import { inProject, lastLines, readJson, run, runTool, say, seconds, Stop } from './project.js'
import { buildNow, setUp } from './setup.js'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kassa-test-'))
const bin = (...parts) => inProject('node_modules', ...parts)

/** A program whose exit code is the whole answer. */
const check = (name, args, options = {}) => ({ name, ...options, run: (node) => runCheck(node, args) })

const steps = [
  check('lint', [bin('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings', '.'], { fast: true }),
  check(
    'format',
    [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--cache', '--log-level', 'warn', '.'],
    {
      fast: true,
    },
  ),
  check('types', [bin('typescript', 'bin', 'tsc'), '-p', '.'], { fast: true }),
  check('boundaries', [inProject('tools', 'boundaries.js')], { fast: true }),
  { name: 'unit', fast: true, run: runUnit },
  { name: 'build', run: runBuild },
  { name: 'e2e', run: runBrowser },
  check('simulate', [inProject('electron', 'register', 'simulation', 'run.ts'), '--brief'], {
    needs: 'electron/register/simulation/run.ts',
  }),
  check('demo', [inProject('electron', 'demo.ts')], {
    needs: 'electron/demo.ts',
    env: { KASSA_SEQR_URL: '' },
  }),
]

async function runCheck(node, args) {
  const { code, output } = await run(node, args, { env: { KASSA_DATA_DIR: path.join(folder, 'data') } })
  if (code !== 0) say(lastLines(output, 60))
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

async function runUnit(node) {
  const file = path.join(folder, 'unit.json')
  const args = [bin('vitest', 'vitest.mjs'), 'run', '--reporter=json', `--outputFile=${file}`]
  const { output } = await run(node, args)
  const result = readJson(file)
  if (result === null) return broken(output)
  for (const each of result.testResults) sayFailures(each)
  const passed = result.numPassedTests
  const emptyFiles = result.testResults.filter(
    (each) => each.status === 'failed' && each.assertionResults.length === 0,
  )
  return {
    passed,
    failed: result.numFailedTests + emptyFiles.length,
    skipped: result.numPendingTests + (result.numTodoTests ?? 0),
  }
}

function sayFailures({ name, message, assertionResults }) {
  const failed = assertionResults.filter((each) => each.status === 'failed')
  for (const each of failed)
    say(
      `  ${path.relative(inProject(), name)}: ${each.fullName}\n${indented(each.failureMessages.join('\n'))}`,
    )
  if (assertionResults.length === 0 && message)
    say(`  ${path.relative(inProject(), name)}\n${indented(message)}`)
}

const indented = (text) =>
  text
    .split('\n')
    .slice(0, 25)
    .map((line) => `    ${line}`)
    .join('\n')

async function runBuild(node) {
  try {
    await buildNow(node)
    return { passed: 1, failed: 0, skipped: 0 }
  } catch (error) {
    return broken(error.message)
  }
}

async function runBrowser(node) {
  const chromium = await ensureChromium(node)
  const file = path.join(folder, 'e2e.json')
  const args = [bin('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json']
  const env = {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    FORCE_COLOR: '0',
    ...(chromium === null ? {} : { KASSA_CHROMIUM: chromium }),
  }
  const { output, code } = await run(node, args, { env })
  for (const line of output.split('\n')) if (line.startsWith('packed ')) say(`  ${line}`)
  const report = readJson(file)
  const stats = report?.stats
  for (const [reason, count] of skipReasons(report?.suites ?? [])) say(`  ${count} skipped: ${reason}`)
  for (const title of secondTries(report?.suites ?? [])) say(`  passed only when played again: ${title}`)
  if (code !== 0) say(lastLines(output, 120))
  if (!stats) return broken('')
  const { expected, flaky, unexpected, skipped } = stats
  // A spec that could not be loaded fails the run without being counted.
  return { passed: expected + flaky, failed: unexpected === 0 && code !== 0 ? 1 : unexpected, skipped }
}

/** The specs that failed first and passed then: nothing that may be left so. */
function secondTries(suites) {
  return suites.flatMap(({ file, specs = [], suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ title }) => `${file}: ${title}`),
    ...secondTries(inner),
  ])
}

/** Why specs were skipped, and how many for each reason. */
function skipReasons(suites, found = new Map()) {
  for (const suite of suites) {
    const tests = (suite.specs ?? []).flatMap((spec) => spec.tests)
    for (const each of tests.filter(({ status }) => status === 'skipped')) {
      const reason = each.annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given'
      found.set(reason, (found.get(reason) ?? 0) + 1)
    }
    skipReasons(suite.suites ?? [], found)
  }
  return found
}

function broken(output) {
  if (output) say(lastLines(output, 40))
  return { passed: 0, failed: 1, skipped: 0 }
}

function chosenSteps(args) {
  const only = args[0] === '--only' ? args.slice(1) : null
  const unknown = only?.find((name) => !steps.some((step) => step.name === name))
  if (unknown !== undefined)
    throw new Stop(`There is no step ${unknown}; the steps are ${steps.map(({ name }) => name).join(', ')}.`)
  return steps
    .filter((step) => only === null || only.includes(step.name))
    .filter((step) => args[0] !== '--fast' || step.fast)
    .filter((step) => step.needs === undefined || fs.existsSync(inProject(step.needs)))
}

await runTool(async () => {
  const started = Date.now()
  const chosen = chosenSteps(process.argv.slice(2))
  const node = await setUp()
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const step of chosen) {
    const began = Date.now()
    const counts = await step.run(node)
    for (const key of Object.keys(total)) total[key] += counts[key]
    console.log(`${step.name.padEnd(11)} ${sentence(counts)} (${seconds(began)})`)
  }
  fs.rmSync(folder, { recursive: true, force: true })
  console.log(`\nAll of it took ${seconds(started)}.\n${sentence(total)}`)
  return total.failed === 0 ? 0 : 1
})

function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
