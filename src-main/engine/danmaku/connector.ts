// The door of this folder: what every way into a room looks like, whatever the platform.
//
//   createBilibiliConnector(options: BilibiliOptions): Connector            bilibili-connector.ts
//   createReplayConnector(options: ReplayOptions): Connector                replay-connector.ts
//   startSimulatorServer(options: SimulatorOptions): Promise<SimulatorServer>   simulator-server.ts
//   decodeBilibili(bytes, { source, roomId, receivedAt }): BilibiliDecoded  bilibili-decode.ts
//
// A rehearsal room: server = await startSimulatorServer({ seed: 7 });
//   connector = createBilibiliConnector({ endpoints: [server.endpoint], auth: server.auth, source: 'simulator' });
//   connector.onEvent(async (batch) => …); await connector.start({ platformRoomId: server.roomId }, signal);
import type { ConnectorSource, ConnectorState, Danmaku, Platform } from '@app/shared/live-event';

/** The room to listen to, by the platform's own id. */
export type RoomConfig = { platformRoomId: string };

/** A danmaku with the times (epoch ms) at which its frame arrived and at which it was decoded. */
export type ReceivedDanmaku = { danmaku: Danmaku; receivedAt: number; decodedAt: number };

/** Kinds that may be shed when the reader is slow; money and the live state never are. */
export type ShedClass = 'comment' | 'follow' | 'like';

/** What a connector has counted since it was made. `dropped` is what a full queue shed, by class. */
export type ConnectorStats = {
  frames: number;
  decoded: number;
  delivered: number;
  duplicate: number;
  ignored: number;
  unknown: Record<string, number>;
  errors: Record<string, number>;
  dropped: Record<ShedClass, number>;
  queued: number;
  reconnects: number;
  lastFrameAt: number | null;
  lastEventAt: number | null;
};

/** Takes a batch in order; when it returns a promise, the next batch waits for it. */
export type BatchListener = (batch: ReceivedDanmaku[]) => void | Promise<void>;
/** `detail` starts with a SCREAMING_SNAKE code where something went wrong, and never holds chat text. */
export type StateListener = (state: ConnectorState, detail: string) => void;

/** One way into one room. It gives events in order until stopped; stopping twice is harmless. */
export type Connector = {
  readonly platform: Platform;
  readonly source: ConnectorSource;
  /** Begins and returns; what becomes of it comes through `onState`. Rejects with ConnectorFailure on a bad config. */
  start(room: RoomConfig, signal: AbortSignal): Promise<void>;
  /** Closes the connection, hands over what is still queued, ends in state `ended`. */
  stop(): Promise<void>;
  onEvent(listener: BatchListener): void;
  onState(listener: StateListener): void;
  stats(): ConnectorStats;
};

export type ConnectorFailureCode = 'ENDPOINT_REFUSED' | 'BAD_AUTH_BODY' | 'ALREADY_STARTED' | 'NO_RECORDING';

/** A configuration that cannot be used; `message` is one clear sentence. */
export class ConnectorFailure extends Error {
  readonly code: ConnectorFailureCode;
  constructor(code: ConnectorFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}
