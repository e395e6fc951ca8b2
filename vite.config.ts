import { builtinModules } from 'node:module'
import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import manifest from './package.json' with { type: 'json' }

const here = (file: string) => path.resolve(import.meta.dirname, file)
const dependencies = Object.keys(manifest.dependencies)

// One build, three outputs: the screens, the main process (both shells) and Electron's preload.
export default defineConfig({
  root: 'app',
  base: './',
  plugins: [react()],
  define: { __KASSA_VERSION__: JSON.stringify(manifest.version) },
  build: { outDir: '../out/renderer', emptyOutDir: true, chunkSizeWarningLimit: 1500 },
  environments: {
    main: {
      consumer: 'server',
      resolve: { external: true, noExternal: [], conditions: ['node'] },
      build: {
        outDir: '../out/main',
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        sourcemap: true,
        ssr: true,
        rolldownOptions: {
          input: { main: here('electron/main.ts'), kiosk: here('electron/kiosk.ts') },
          external: [
            'electron',
            /^electron\//,
            /^node:/,
            ...builtinModules,
            ...dependencies,
            ...dependencies.map((name) => new RegExp(`^${name}/`)),
          ],
          output: { format: 'es', entryFileNames: '[name].js' },
        },
      },
    },
    preload: {
      consumer: 'client',
      build: {
        outDir: '../out/preload',
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        rolldownOptions: {
          input: here('electron/preload.ts'),
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'main', 'preload']) {
        const environment = builder.environments[name]
        if (environment === undefined) throw new Error(`no build environment called ${name}`)
        await builder.build(environment)
      }
    },
  },
  test: {
    root: '.',
    environment: 'node',
    include: ['app/**/*.test.{ts,tsx}', 'electron/**/*.test.ts', 'tools/**/*.test.{ts,js}'],
    maxWorkers: 2,
    // Nothing is asserted about time: a busy machine only makes a test slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
