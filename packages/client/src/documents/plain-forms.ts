/** Forms that several documents of the door share. */
import { type Form, patternForm } from '@meridian/protocol'

/** True or false. */
export const booleanForm: Form<boolean> = {
  encode: (value) => value,
  decode: (json, place) => (typeof json === 'boolean' ? json : { misfit: place }),
}

/** One word of a closed list. */
export function choiceForm<Choice extends string>(choices: readonly Choice[]): Form<Choice> {
  return {
    encode: (value) => value,
    decode: (json, place) => choices.find((choice) => choice === json) ?? { misfit: place },
  }
}

/** An organisation. */
export const organisationForm: Form<string> = patternForm(/^[a-z0-9][a-z0-9.-]{0,63}$/)

/** A short text that people read. */
export const nameForm: Form<string> = patternForm(/^[^\p{Cc}\p{Cs}]{0,256}$/u)
