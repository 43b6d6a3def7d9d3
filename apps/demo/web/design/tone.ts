/** How a state or a line is to be taken. Never said by colour alone. */
export type Tone = 'good' | 'warn' | 'bad' | 'plain'
