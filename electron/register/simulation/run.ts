/** `npm run simulate -- --seeds 5000`: runs the simulation of payments under faults. */
import { parseArgs } from 'node:util'
import type { Campaign } from './campaign.ts'
import { countOf, numbered, runCampaign, story } from './campaign.ts'
import { openBench, runSeed } from './world.ts'

const usage = `Usage: simulate [--seeds COUNT] [--from SEED]
       simulate --seed SEED [--trace]

--seeds  how many runs, 2000 unless told; a failing one is printed with its trace
--from   the first of them, 1 unless told
--brief  200 runs
--seed   one run, the same each time; --trace shows it step by step

Exit code: 0 every rule held, 1 a rule was broken, 2 the call made no sense`

process.exitCode = await run()

async function run(): Promise<number> {
  const values = options()
  if (typeof values === 'string') {
    console.error(`${values}\n\n${usage}`)
    return 2
  }
  return values.seed === undefined ? await runMany(values) : await runOne(values)
}

/** What was asked for, or what is wrong with it. */
function options() {
  try {
    const { values } = parseArgs({
      options: {
        seeds: { type: 'string' },
        seed: { type: 'string' },
        from: { type: 'string', default: '1' },
        trace: { type: 'boolean', default: false },
        brief: { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

type Options = Exclude<ReturnType<typeof options>, string>

async function runOne({ seed = '', trace }: Options): Promise<number> {
  const bench = openBench()
  const outcome = await runSeed(bench, { seed, trace: true })
  bench.storage.close()
  if (trace) for (const line of outcome.trace) console.log(line)
  if (outcome.failures.length === 0) {
    console.log(`Seed ${seed}: every rule held, ${outcome.trace.length} steps.`)
    return 0
  }
  console.log(story(outcome))
  return 1
}

async function runMany(values: Options): Promise<number> {
  const count = Number(values.seeds ?? (values.brief ? 200 : 2000))
  const from = Number(values.from)
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(from) || count < 1) {
    console.error(`--seeds and --from are whole numbers.\n\n${usage}`)
    return 2
  }
  const started = performance.now()
  const done = { seeds: 0 }
  const campaign = await runCampaign({
    seeds: numbered(from, count),
    told(outcome) {
      done.seeds += 1
      if (outcome.failures.length > 0) console.log(`Seed ${outcome.seed}: ${outcome.failures[0]?.rule}`)
      if (done.seeds % 1000 === 0) console.error(`${done.seeds} of ${count} seeds`)
    },
  })
  for (const broken of campaign.broken.slice(0, 3)) console.log(`\n${story(broken)}\n`)
  report(campaign, (performance.now() - started) / 1000)
  return campaign.broken.length === 0 ? 0 : 1
}

function report(campaign: Campaign, seconds: number): void {
  const of = (beginning: string) => countOf(campaign, beginning)
  const list = (beginning: string) =>
    [...campaign.counts]
      .filter(([what]) => what.startsWith(beginning))
      .sort(([, a], [, b]) => b - a)
      .map(([what, times]) => `${what.slice(beginning.length)} ${times}`)
      .join(', ')
  const hours = campaign.virtualMs / 3_600_000
  console.log(
    `seeds      ${campaign.seeds} in ${seconds.toFixed(1)} s, ${(campaign.seeds / seconds).toFixed(0)} a second`,
  )
  console.log(`time       ${hours.toFixed(0)} hours of a till's life`)
  console.log(`questions  ${of('question ')}: ${list('question ')}`)
  console.log(`faults     ${of('fault ')}: ${list('fault ')}`)
  console.log(`disk       ${of('disk ')}: ${list('disk ')}`)
  console.log(
    `kills      ${of('kill ')}: ${list('kill ')}; longer than 20 s ${of('outage over')}; closed ${of('closed ')}`,
  )
  console.log(`payments   ${of('payment ')}: ${list('payment ')}; settled by hand ${of('settled')}`)
  console.log(`reserved   ${of('reservation ')}: ${list('reservation ')}`)
  console.log(
    `service    paid ${of('service paid')}, reversed ${of('service reversed')}; receipts ${of('receipts')}`,
  )
  const losses = campaign.broken.length
  console.log(`losses     ${losses === 0 ? '0' : `${losses} runs broke a rule`}`)
}
