/** The state after a block, as it travels: everything that its app hash is made of. */
import {
  type AppState,
  countForm,
  type Form,
  hashForm,
  listForm,
  objectForm,
  patternForm,
  type SubRoot,
} from '@meridian/protocol'

const MAX_MODULES = 64

/** Sub-roots in the ledger's order, log size and log root. The app hash is computed from it, so it does not travel. */
export const stateForm: Form<AppState> = objectForm<AppState>({
  subRoots: listForm(objectForm<SubRoot>({ module: patternForm(/^[a-z][a-z-]{0,31}$/), root: hashForm }), {
    max: MAX_MODULES,
  }),
  logSize: countForm,
  logRoot: hashForm,
})
