import type { zhErrors } from './zh-errors.ts';

const others = 'Everything else goes on.';
const local = 'This computer works as always; summaries wait here.';

/** The error sentences in English. */
export const enErrors: typeof zhErrors = {
  title: 'Something went wrong',
  still: 'Still works',
  next: 'What to do',
  code: (code) => `Code ${code}`,
  general: {
    what: 'A problem not seen before.',
    still: 'Your stream is unaffected.',
    next: 'Try again; if it stays, copy the code for support.',
  },
  known: {
    NO_VOICE_PROFILE: {
      what: 'No voice baseline is kept.',
      still: others,
      next: 'Come back after a few sentences.',
    },
    NO_SESSION: { what: 'No session is running.', still: others, next: 'Start one first.' },
    SESSION_RUNNING: {
      what: 'A session is running already.',
      still: 'That session is unaffected.',
      next: 'End it before starting another.',
    },
    SESSION_NOT_FOUND: {
      what: 'This session is not there.',
      still: 'All other sessions are.',
      next: 'It may be past its keeping time or erased. Refresh the list.',
    },
    SESSION_NOT_OPEN: {
      what: 'This session has ended.',
      still: 'Its report can be read.',
      next: 'Start a new one to go on.',
    },
    SUGGESTION_NOT_FOUND: { what: 'This card is gone.', still: others, next: 'Nothing to do.' },
    SUGGESTION_CLOSED: { what: 'This card was put away.', still: 'You can still rate it.', next: 'Nothing to do.' },
    REPLAY_NOT_FOUND: {
      what: 'The file cannot be opened.',
      still: others,
      next: 'Check that it is still there and choose it again.',
    },
    REPLAY_UNREADABLE: {
      what: 'The file cannot be read.',
      still: others,
      next: 'A replay file is .jsonl, one message a line. Choose another.',
    },
    SIMULATOR_FAILED: {
      what: 'The simulated room did not start.',
      still: 'History and settings can be used.',
      next: 'Press start again; if it stays, restart the app.',
    },
    ALREADY_PAIRED: { what: 'This computer is paired already.', still: others, next: 'Remove that pairing first.' },
    CARD_GONE: {
      what: 'This card has just left.',
      still: 'You can rate it under recent cards.',
      next: 'Nothing to do.',
    },
    NO_RECORDING: {
      what: 'The replay file cannot be read.',
      still: others,
      next: 'Check that it is there and is .jsonl, then choose it again.',
    },
    REPLAY_NOT_RESUMABLE: {
      what: 'A replay cannot be carried on.',
      still: 'Its records are kept.',
      next: 'End and file it, then replay again.',
    },
    SESSION_LEFT_OPEN: {
      what: 'The session before is still open.',
      still: 'Its records are kept.',
      next: 'Carry on with it at the top, or end and file it.',
    },
    OVERLAY_CLOSED: { what: 'The overlay is not open.', still: others, next: 'Restart the app.' },
    HOTKEY_TAKEN: {
      what: 'This key is taken.',
      still: 'The old key still works.',
      next: 'Choose another, or add Ctrl, Alt or Shift.',
    },
    PAIRING_REFUSED: {
      what: 'The server did not accept the pairing.',
      still: 'Everything works without pairing.',
      next: 'Check the code, or ask your agency for a new one.',
    },
    NOT_PAIRED: {
      what: 'Not paired with an agency yet.',
      still: 'Everything on this computer works.',
      next: 'Enter the server address and the invite code.',
    },
    SERVER_UNREACHABLE: {
      what: 'The agency’s server cannot be reached.',
      still: local,
      next: 'Check network and address; it tries again by itself.',
    },
    SERVER_AWAY: {
      what: 'The agency’s server cannot be reached.',
      still: local,
      next: 'Check network and address; it tries again by itself.',
    },
    BAD_ANSWER: {
      what: 'The server’s answer cannot be read.',
      still: local,
      next: 'Check that the address is your agency’s server.',
    },
    ALREADY_STARTED: { what: 'It is connecting already.', still: others, next: 'Nothing to do.' },
    ENDPOINT_REFUSED: {
      what: 'There is no chat address to connect to.',
      still: others,
      next: 'Press start again; if it stays, restart the app.',
    },
    BAD_AUTH_BODY: {
      what: 'The platform’s login data is not right.',
      still: others,
      next: 'Log in to the platform again.',
    },
    MODEL_UNKNOWN: {
      what: 'This model is not in the list.',
      still: 'Chat and cards go on.',
      next: 'Install the app again.',
    },
    SERVER_ERROR: { what: 'The agency’s server has a problem.', still: local, next: 'It tries again by itself.' },
    SECRETS_UNAVAILABLE: {
      what: 'The system’s key store is not open.',
      still: 'Everything works without pairing.',
      next: 'Open the key store, then pair.',
    },
    ENGINE_AWAY: {
      what: 'The recorder does not answer.',
      still: 'Your stream is unaffected, nothing saved is lost.',
      next: 'Try again in a few seconds, or restart it in the stream doctor.',
    },
    ENGINE_NOT_READY: {
      what: 'The recorder is still starting.',
      still: 'Your stream is unaffected.',
      next: 'Try again in a few seconds.',
    },
    ENGINE_STOPPED: {
      what: 'The recorder stopped.',
      still: 'Your stream is unaffected, nothing saved is lost.',
      next: 'Restart it in the stream doctor.',
    },
    TIMEOUT: { what: 'It took too long.', still: others, next: 'Try again; if it stays, restart the app.' },
    PART_FAILED: {
      what: 'This process did not start.',
      still: others,
      next: 'Restart it once more, or restart the app.',
    },
    DATABASE_DAMAGED: {
      what: 'The records on this computer are damaged.',
      still: 'Your stream is not affected and the file was left as it is; without it this app cannot begin.',
      next: 'Quit, rename timao.db in the app’s data folder to keep it as a backup, and open the app again.',
    },
    DATABASE_NEWER: {
      what: 'The records come from a newer version.',
      still: 'They were not changed.',
      next: 'Update the app.',
    },
    DATABASE_FULL: {
      what: 'The disk is full, nothing more can be saved.',
      still: 'Chat and cards are still shown.',
      next: 'Free at least 1 GB.',
    },
    MODEL_MISSING: {
      what: 'A model file is missing.',
      still: 'Chat and cards go on; its readings say “unclear”.',
      next: 'Install the app again.',
    },
    MODEL_DAMAGED: {
      what: 'A model file does not match its list and was not loaded.',
      still: 'Chat and cards go on; its readings say “unclear”.',
      next: 'Install the app again.',
    },
    UNKNOWN_ROUTE: {
      what: 'This window and the app are of different versions.',
      still: others,
      next: 'Restart the app.',
    },
    NOT_ALLOWED: { what: 'This window may not do that.', still: others, next: 'Do it in the workstation.' },
    BRIDGE_MISSING: {
      what: 'This page was not opened by the app.',
      still: 'No data was read.',
      next: 'Open it from the app.',
    },
    BAD_INPUT: {
      what: 'Something filled in is not right.',
      still: 'Nothing was changed.',
      next: 'Check it and try again.',
    },
    UNAUTHENTICATED: { what: 'The pairing is no longer valid.', still: local, next: 'Remove it and pair again.' },
    WRONG_LOGIN: { what: 'Name or password is wrong.', still: others, next: 'Check them and try again.' },
    SESSION_ENDED: { what: 'The login has expired.', still: others, next: 'Log in again.' },
    FORBIDDEN: { what: 'Not allowed to do this.', still: others, next: 'Ask your agency’s admin.' },
    FORBIDDEN_ORIGIN: {
      what: 'The server takes no requests from here.',
      still: others,
      next: 'Ask your agency’s admin.',
    },
    NOT_FOUND: { what: 'The server does not have this.', still: others, next: 'Check the address.' },
    METHOD_NOT_ALLOWED: {
      what: 'The server does not know this request.',
      still: others,
      next: 'Server and app may be of different versions. Update.',
    },
    CODE_NOT_VALID: {
      what: 'The invite code is wrong, expired or used.',
      still: 'Everything works without pairing.',
      next: 'Ask your agency for a new code.',
    },
    USERNAME_TAKEN: { what: 'This name is taken.', still: others, next: 'Choose another.' },
    ORGANIZATION_TAKEN: { what: 'This agency name is taken.', still: others, next: 'Choose another.' },
    ORGANIZATION_REQUIRED: { what: 'The agency must be named.', still: others, next: 'Fill it in and try again.' },
    LAST_ADMIN: { what: 'This is the last admin.', still: others, next: 'Add another admin first.' },
    CONSENT_NOT_OFFERED: {
      what: 'This consent is not offered in this region.',
      still: others,
      next: 'Nothing to do; nothing was uploaded.',
    },
    SEQ_GAP: {
      what: 'The upload has a hole in its order.',
      still: 'All summaries are on this computer.',
      next: 'It is sent again by itself.',
    },
    EPOCH_CHANGED: {
      what: 'The server was restored from a backup.',
      still: 'All summaries are on this computer.',
      next: 'They are sent again by themselves.',
    },
    TOO_LARGE: {
      what: 'Too large for the server.',
      still: 'All summaries are on this computer.',
      next: 'It is sent again in smaller pieces.',
    },
    UNSUPPORTED_MEDIA: {
      what: 'The server does not know this kind of content.',
      still: others,
      next: 'Server and app may be of different versions. Update.',
    },
    TOO_MANY_REQUESTS: { what: 'Too many requests.', still: others, next: 'Try again in a minute.' },
    NOT_READY: { what: 'Not ready yet.', still: others, next: 'Try again in a few seconds.' },
    INTERNAL: {
      what: 'The app has an inner problem.',
      still: 'Your stream is unaffected, nothing saved is lost.',
      next: 'Try again; if it stays, copy the code for support.',
    },
  },
};
