import { expect, test } from 'vitest'
import { countOf, numbered, runCampaign, story } from './campaign.ts'

test(
  'no payment is lost, doubled or invented in a thousand runs of odd seeds',
  { timeout: 600_000 },
  async () => {
    const campaign = await runCampaign({ seeds: numbered(1, 1000, 2) })
    expect(
      campaign.broken
        .slice(0, 2)
        .map((run) => story(run))
        .join('\n\n'),
    ).toBe('')
    expect(campaign.seeds).toBe(1000)
    // What never happens proves nothing.
    for (const needed of [
      'kill beforeCommit',
      'kill afterCommit',
      'disk unclear',
      'fault late',
      'fault twice',
      'outage over',
    ])
      expect(countOf(campaign, needed), needed).toBeGreaterThan(5)
    for (const needed of [
      'payment paid',
      'payment canceled',
      'reservation paid',
      'service reversed',
      'receipts',
    ])
      expect(countOf(campaign, needed), needed).toBeGreaterThan(20)
  },
)
