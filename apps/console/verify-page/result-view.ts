/** The result: verdict and witnesses, fingerprint, what was proved, the rungs, and the elements one may show. */
import type { Verification } from '@meridian/protocol'
import { element } from './element.ts'
import type { GivenFiles } from './given-files.ts'
import { shownElements } from './shown-elements.ts'
import type { Fingerprint, Verified } from './verify-given.ts'
import type { PageWords } from './words.ts'

/** Nothing but the fingerprint until receipt and trust file are there. */
export function resultView(
  verified: Verified,
  state: { readonly files: GivenFiles; readonly show: readonly string[] },
  words: PageWords,
  choose: (show: readonly string[]) => void,
): HTMLElement {
  const { proof, fingerprint } = verified
  return element('div', { class: 'result-parts' }, [
    proof === undefined
      ? element('p', { class: 'waiting' }, [words.t('waiting')])
      : verdict(proof, verified.tookMs, words),
    proof !== undefined && rungList(proof, words),
    proof?.evidence !== undefined && evidenceList(proof.evidence, words),
    fingerprint !== undefined && fingerprintView(fingerprint, words),
    proof?.verified === true && shownElements(verified, proof, state.show, words, choose),
  ])
}

function verdict(proof: Verification, tookMs: number, { t, say }: PageWords): HTMLElement {
  return element('div', { class: proof.verified ? 'verdict good' : 'verdict bad', id: 'verdict' }, [
    element('span', { class: 'sign', 'aria-hidden': 'true' }, [proof.verified ? '✓' : '✗']),
    element('div', {}, [
      element('b', {}, [say(proof.summary)]),
      element('div', { class: 'verdict-more' }, [
        proof.verified
          ? `${t('witnesses', { n: proof.witnesses })} · ${t('took', { n: tookMs })}`
          : t('not-verified'),
      ]),
    ]),
  ])
}

function rungList(proof: Verification, { t, say }: PageWords): HTMLElement {
  return element('div', { class: 'box' }, [
    element('h2', {}, [t('rungs')]),
    element(
      'ol',
      { class: 'rungs' },
      proof.rungs.map((rung) =>
        element('li', { class: rung.ok ? 'rung' : 'rung failed', 'data-rung': rung.name }, [
          element('span', { class: 'sign', 'aria-label': t(rung.ok ? 'held' : 'failed') }, [
            rung.ok ? '✓' : '✗',
          ]),
          element('b', {}, [t(`rung-${rung.name}`)]),
          element('span', {}, [
            say(rung.proved),
            rung.refusal !== undefined && element('code', {}, [` ${rung.refusal.code}`]),
          ]),
        ]),
      ),
    ),
  ])
}

function evidenceList(evidence: NonNullable<Verification['evidence']>, { t }: PageWords): HTMLElement {
  const { header, anchor } = evidence
  const rows: readonly (readonly [string, string])[] = [
    [t('issuer'), evidence.issuer],
    [t('chain'), evidence.chainId],
    [t('no-later-than'), `${timeOf(header.time)} · ${t('height', { n: String(header.height) })}`],
    [t('anchor'), t('anchor-since', { time: timeOf(anchor.time), height: String(anchor.height) })],
  ]
  return element('div', { class: 'box' }, [
    element('h2', {}, [t('proved')]),
    element(
      'dl',
      { class: 'pairs' },
      rows.map(([name, value]) =>
        element('div', {}, [element('dt', {}, [name]), element('dd', {}, [value])]),
      ),
    ),
  ])
}

/** Nanoseconds as UTC, to the second: the page cannot know the reader's court. */
function timeOf(nanoseconds: bigint): string {
  return new Date(Number(nanoseconds / 1_000_000n))
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}

function fingerprintView({ hex, words: list }: Fingerprint, { t }: PageWords): HTMLElement {
  return element('div', { class: 'box' }, [
    element('h2', {}, [t('fingerprint')]),
    element('p', { class: 'quiet' }, [t('fingerprint-about')]),
    element('p', { class: 'code fingerprint' }, [hex.replace(/(.{4})/g, '$1 ').trim()]),
    element(
      'ol',
      { class: 'words' },
      list.map((word) => element('li', {}, [word])),
    ),
  ])
}
