/**
 * The 256 words of a fingerprint: one for each value of a byte, short, common and hard to mistake for one another on the
 * telephone. The list never changes; a fingerprint read out today must match one written down years ago.
 */
const WORDS = `
acid amber angle apple april arrow atlas aunt autumn baby badge bagel baker bamboo banjo barn basin
bean bear bell bench berry bike birch bird blade blend bloom blue board boat bolt book border bottle
bowl brass bread brick bridge broom brush bubble bucket bulb butter cabin cable cactus camel canal
candle canoe card castle cedar cello chain chalk cherry chest chief circle citrus clay cliff clock
cloud clover cobalt cocoa comet copper coral corn cotton cousin crab crane cream cricket crown cup
curtain daisy dance dawn deer delta desk diamond dinner doctor dolphin donkey door dragon drum duck
dune eagle east echo egg eight elbow elder elephant engine fable falcon farm feather fern field fig
finger fire fish flag flame flute foam forest fork fossil fountain fox friend frog galaxy garden
garlic gate giant ginger glass globe glove gold grape green guitar hammer harbor harp hazel heart
hedge helmet hill honey hotel house igloo ink iris iron island ivory jacket jade jar jelly jewel
judge juice july jungle kayak kettle key kite kiwi ladder lake lamp lantern laser lava leaf lemon
lens letter lily lime lion lizard lobster lotus lunch magnet maple marble market meadow melon metal
milk mint mirror moon moss music nectar needle nest night nurse oak ocean olive onion opal orange
orbit otter oven owl oxygen paddle palm panda paper parrot peach pearl pencil pepper piano pilot
pine planet plum pocket pony potato prism pump purple quartz queen quill rabbit radio rain raven
ribbon rice ring river robin rocket rope rose ruby
`

/** Word by byte value. */
export const trustWords: readonly string[] = Object.freeze(WORDS.trim().split(/\s+/))
