/** The consortium: members, proposals and votes, parameters, validators, alarms. What is said is signed in the organisation's name. */
import { MEMBER_CLASSES, type ProposalKind, VOTE_CHOICES, type VoteChoice } from '@meridian/protocol'
import { refuseAsLedger, refuseCall } from '../admin-errors.ts'
import type { AdminRoute } from '../admin-route.ts'
import { asItIs } from '../as-it-is.ts'
import type { Question } from '../consortium-needs.ts'
import { exactly, organisationForm, parameterNameForm, proposalForm, wholeForm } from '../parameter-forms.ts'

/** `GET /api/members` → every organisation that is, asks to be or was a member; `own` is this one. */
export const listMembers: AdminRoute = {
  method: 'GET',
  path: '/api/members',
  async answer(_call, { consortium, organisation }) {
    return { ...(await consortium.members()), own: organisation.id }
  },
}

/** `GET /api/members/:organisation/certificate` → the membership certificate, as `meridian members certificate` writes it. */
export const readCertificate: AdminRoute = {
  method: 'GET',
  path: '/api/members/:organisation/certificate',
  schema: { params: exactly({ organisation: organisationForm }) },
  async answer(call, { consortium }) {
    const made = await consortium.certificate(call.params.organisation ?? '')
    return 'refusedByLedger' in made ? refuseAsLedger(made) : asItIs(call, made)
  },
}

/** `GET /api/proposals` → open and past, the newest first, with every vote. */
export const listProposals: AdminRoute = {
  method: 'GET',
  path: '/api/proposals',
  answer: (_call, { consortium }) => consortium.proposals(),
}

/** `GET /api/parameters` → the parameters of the chain and the version of its rules. */
export const readParameters: AdminRoute = {
  method: 'GET',
  path: '/api/parameters',
  answer: (_call, { consortium }) => consortium.parameters(),
}

/** What each kind asks for beside its times. */
const askedFor: Readonly<Record<Exclude<ProposalKind, `artefact.${string}`>, readonly string[]>> = {
  'membership.admit': ['organisation'],
  'membership.change-class': ['organisation', 'memberClass'],
  'membership.suspend': ['organisation'],
  'membership.reinstate': ['organisation'],
  'membership.expel': ['organisation'],
  'membership.restore-validator': ['organisation'],
  'parameters.change': ['name', 'value'],
  upgrade: ['version', 'retireHeight'],
}

const largest = Number.MAX_SAFE_INTEGER
const mostDays = 90

const parts = {
  organisation: organisationForm,
  memberClass: { enum: MEMBER_CLASSES },
  name: parameterNameForm,
  value: wholeForm(0, largest),
  version: wholeForm(1, 2 ** 31 - 1),
  retireHeight: wholeForm(0, largest),
}

/** `POST /api/proposals {kind, …, days, activationHeight}` → 201 and the id, once a block holds it. */
export const propose: AdminRoute = {
  method: 'POST',
  path: '/api/proposals',
  schema: {
    body: exactly(
      {
        kind: { enum: Object.keys(askedFor) },
        ...parts,
        days: wholeForm(1, mostDays),
        activationHeight: wholeForm(0, largest),
      },
      Object.keys(parts),
    ),
  },
  async answer({ body: { kind, days, activationHeight, ...action }, reply }, { consortium }) {
    const wanted = askedFor[kind as keyof typeof askedFor]
    const wrong = [...wanted, ...Object.keys(action)].find(
      (name) => !(name in action) || !wanted.includes(name),
    )
    if (wrong !== undefined) return refuseCall('request.invalid', wrong)
    const asked = { kind, action } as Question['asked']
    const question = { asked, days: Number(days), activationHeight: Number(activationHeight) }
    const said = await consortium.propose(question)
    if ('refusedByLedger' in said) return refuseAsLedger(said)
    reply.code(201)
    return said
  },
}

/** `POST /api/proposals/:proposal/vote {choice}` → where it stands, once a block holds it; `withdraw` takes the own one back. */
export const vote: AdminRoute = {
  method: 'POST',
  path: '/api/proposals/:proposal/vote',
  schema: {
    params: exactly({ proposal: proposalForm }),
    body: exactly({ choice: { enum: [...VOTE_CHOICES, 'withdraw'] } }),
  },
  async answer({ params, body }, { consortium }) {
    const said = await consortium.vote(params.proposal ?? '', body.choice as VoteChoice | 'withdraw')
    return 'refusedByLedger' in said ? refuseAsLedger(said) : said
  },
}

/** `GET /api/validators` → who signed the newest blocks, and where consensus is. */
export const readValidators: AdminRoute = {
  method: 'GET',
  path: '/api/validators',
  answer: (_call, { consortium }) => consortium.validators(),
}

/** `GET /api/alarms` → what a person must look at now. */
export const readAlarms: AdminRoute = {
  method: 'GET',
  path: '/api/alarms',
  answer: async (_call, { health }) => ({ items: health.alarms() }),
}
