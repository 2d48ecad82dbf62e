/** 平稳, 偏忙, 该歇一下, 看不清: a state with reasons, never a score. */
export type LoadState = 'calm' | 'busy' | 'rest' | 'unknown';
