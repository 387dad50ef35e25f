/** Serves the built console: static files with a strict content policy; unknown paths are 404, since the console routes by `#`. */
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'

/** Only our own scripts; styles inline because the component library writes them at run time; nothing from elsewhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The offline verify page carries its script inside and its own policy, which forbids any connection. */
const verifyPage = 'verify.html'

/** Makes the plugin for a folder with `index.html`, `verify.html` and `assets/` (names there contain a hash). */
export function consoleFiles(folder: string): FastifyPluginAsync {
  return async (app) => {
    await app.register(fastifyStatic, {
      root: folder,
      prefix: '/',
      cacheControl: false,
      setHeaders(reply, path) {
        const hashed = /[\\/]assets[\\/]/.test(path)
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
        reply.header('x-content-type-options', 'nosniff')
        reply.header('referrer-policy', 'no-referrer')
        if (!path.endsWith(verifyPage)) reply.header('content-security-policy', policy)
      },
    })
  }
}
