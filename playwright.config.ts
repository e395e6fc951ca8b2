import { defineConfig } from '@playwright/test'
import { findChromium, isProgram } from './electron/kiosk/chromium.ts'

const chromium = findChromium({ platform: process.platform, variables: process.env, isProgram })
const isCi = process.env['CI'] !== undefined

/** One register at a time, in the Chromium that the kiosk shell would use; Playwright's own where there is none. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: isCi,
  // A machine that others share stumbles now and then: the spec is played once more, and `npm test` names it.
  retries: isCi ? 1 : 0,
  reporter: [['list']],
  use: {
    viewport: { width: 1366, height: 768 },
    actionTimeout: 15_000,
    locale: 'en-GB',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: chromium === null ? {} : { executablePath: chromium },
  },
})
