import type { SeqrStatusView } from '../../app/contract/views.ts'
import type { Answer, SeqrService } from '../seqr/service.ts'
import type { Clock } from './clock.ts'

/** While nothing is being paid the service is looked for this often; sooner while it is away. */
const probeEveryMs = { online: 10_000, away: 5000 }
const slowAnswerMs = 3000

export interface ConnectionOptions {
  readonly clock: Clock
  readonly seqr: SeqrService
  /** A terminal is registered and no payment is open: only then is there something to find out. */
  readonly idle: () => boolean
  readonly changed: () => void
}

export type Connection = ReturnType<typeof createConnection>

/** Whether SEQR can be reached, known before the cashier presses Pay. */
export function createConnection(options: ConnectionOptions) {
  const { clock } = options
  const stopping = new AbortController()
  const known: { state: SeqrStatusView['connection']; lastAnswerAtMs: number | null } = {
    state: 'unknown',
    lastAnswerAtMs: null,
  }

  function set(state: SeqrStatusView['connection']): void {
    if (state !== 'offline') known.lastAnswerAtMs = clock.now()
    if (known.state === state) return
    known.state = state
    options.changed()
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (options.idle()) {
        const found = await options.seqr.probe(stopping.signal)
        if (stopping.signal.aborted) return
        set(found)
      }
      const pause = known.state === 'online' ? probeEveryMs.online : probeEveryMs.away
      await clock.sleepUntil(clock.now() + pause, stopping.signal)
    }
  }

  return {
    view: () => ({ connection: known.state, lastAnswerAtMs: known.lastAnswerAtMs }),
    /** Unknown counts as reachable: only a failed try closes SEQR. */
    usable: () => known.state !== 'offline',
    /** What a real question found out on its way. */
    heard(answer: Answer<unknown>, tookMs: number): void {
      if (answer.kind !== 'noAnswer') set(tookMs > slowAnswerMs ? 'slow' : 'online')
      else if (answer.reason === 'unreachable') set('offline')
      else if (answer.reason === 'timeout' || answer.reason === 'aborted') set('slow')
    },
    start(): void {
      void run()
    },
    /** Looks at once, such as after a registration. */
    async look(): Promise<void> {
      set(await options.seqr.probe(stopping.signal))
    },
    stop: () => stopping.abort(),
  }
}
