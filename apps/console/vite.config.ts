/** For `vite` by hand while working on the console: the built configuration, with the door of a running node behind it. */
import { consoleConfig } from './build/console-config.ts'

const node = process.env.MERIDIAN_NODE ?? 'http://127.0.0.1:7300'

export default {
  ...consoleConfig(import.meta.dirname, `${import.meta.dirname}/dist`),
  server: { host: '127.0.0.1', proxy: { '/api': node } },
}
