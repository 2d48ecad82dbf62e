import type { LoadView } from '../view.ts';

/** 平稳, 偏忙, 该歇一下, 看不清: a state with reasons, never a score. */
export type LoadState = LoadView['state'];
