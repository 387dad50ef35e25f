/** Puts script and style into the HTML file, with a policy that allows exactly that script and no connection at all. */
import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The plugin. Works for pages with one script and one style. */
export function inlineEverything(): Plugin {
  return {
    name: 'meridian-inline-everything',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle)
      const html = files.find((file) => file.fileName.endsWith('.html'))
      const script = files.find((file) => file.type === 'chunk')
      const style = files.find((file) => file.fileName.endsWith('.css'))
      if (html?.type !== 'asset' || script?.type !== 'chunk' || style?.type !== 'asset')
        throw new Error('the verify page is not one script and one style')
      // A closing tag inside a string of the script would end it.
      const code = script.code.trim().replaceAll('</script', '<\\/script')
      html.source = String(html.source)
        .replace(/\s*<script type="module"[^>]*><\/script>/, '')
        .replace(/\s*<link rel="stylesheet"[^>]*>/, () => `\n    <style>${String(style.source)}</style>`)
        .replace('%POLICY%', `default-src 'none'; script-src ${sha256(code)}; style-src 'unsafe-inline'`)
        .replace('</body>', () => `<script type="module">${code}</script>\n  </body>`)
      for (const file of [script, style]) delete bundle[file.fileName]
    },
  }
}
