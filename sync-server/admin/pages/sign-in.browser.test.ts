import { agencyWordsFor } from '@app/shared/words/agency';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Refusal, requestId } from '../testing/fake-server.ts';
import { organizationFixture } from '../testing/fixtures.ts';
import { closeAgency, openAgency, signedOut } from '../testing/open-agency.tsx';

const en = agencyWordsFor('en');
const username = page.getByTestId('login-username');
const password = page.getByTestId('login-password');
const submit = page.getByTestId('login-submit');

beforeEach(() => page.viewport(1280, 800));
afterEach(closeAgency);

async function signIn() {
  await username.fill('Ada');
  await password.fill('a long password');
  await submit.click();
}

test.each([
  [401, 'WRONG_LOGIN'],
  [429, 'TOO_MANY_REQUESTS'],
  [403, 'FORBIDDEN_ORIGIN'],
  [503, 'NOT_READY'],
  [500, 'INTERNAL'],
] as const)(
  'a sign-in refused with %i %s is told in its own sentence, with code and request id',
  async (status, code) => {
    openAgency({
      answers: {
        ...signedOut,
        'web.login': () => {
          throw new Refusal(status, code);
        },
      },
    });
    await signIn();
    const error = page.getByTestId('error');
    await expect.element(error).toBeVisible();
    const { what, next } = en.error[code];
    for (const part of [what, next, code, requestId]) expect(error.element().textContent).toContain(part);
  },
);

test('without a network the sign-in says so', async () => {
  openAgency({
    answers: {
      ...signedOut,
      'web.login': () => {
        throw new TypeError('Failed to fetch');
      },
    },
  });
  await signIn();
  await expect.element(page.getByText(en.error.OFFLINE.what)).toBeVisible();
});

test('empty fields are named, and nothing is sent', async () => {
  const { callsOf } = openAgency({ answers: signedOut });
  await submit.click();
  await expect.element(page.getByText(en.signIn.fill.username)).toBeVisible();
  await expect.element(page.getByText(en.signIn.fill.password)).toBeVisible();
  expect(callsOf('web.login')).toEqual([]);
});

test('where the server holds several agencies, their short name is asked for and sent', async () => {
  const { answers, callsOf } = openAgency({ answers: signedOut });
  const welcome = answers['web.refresh'];
  answers['web.login'] = ({ body }) => {
    if (!(body as { organization?: string }).organization) throw new Refusal(400, 'ORGANIZATION_REQUIRED');
    answers['web.refresh'] = welcome!;
    return { access_token: 'access', expires_in: 900, user: { ...organizationUser } };
  };
  await signIn();
  await page.getByTestId('login-organization').fill('maoyun');
  await submit.click();
  await expect.element(page.getByTestId('overview-numbers')).toBeVisible();
  expect(callsOf('web.login').at(-1)?.body).toMatchObject({ organization: 'maoyun' });
});

test('the keyboard alone signs in', async () => {
  openAgency({ answers: signedOut });
  await expect.element(username).toHaveFocus();
  await userEvent.keyboard('Ada');
  await userEvent.tab();
  await expect.element(password).toHaveFocus();
  await userEvent.keyboard('a long password{Enter}');
  await expect.element(page.getByTestId('overview-numbers')).toBeVisible();
});

test('a page that is loaded anew goes on with the sign-in of the cookie, at its own address', async () => {
  openAgency({ at: '/sessions/00000000-0000-7000-8000-000000000010' });
  await expect.element(page.getByTestId('session-page')).toMatchTextContent(/Late night songs/);
  await expect.element(username).not.toBeInTheDocument();
});

test('when the sign-in ends, the page waits behind the door with what was typed into it', async () => {
  const { answers } = openAgency({ at: '/invites' });
  await page.getByTestId('invite-username').fill('Nora');
  const [list, refresh] = [answers['invites.make'], answers['web.refresh']];
  const gone = () => {
    throw new Refusal(401, 'SESSION_ENDED');
  };
  answers['invites.make'] = gone;
  answers['web.refresh'] = gone;
  await page.getByTestId('invite-make').click();
  await expect.element(page.getByText(en.signIn.ended)).toBeVisible();
  await expect.element(username).toHaveValue('Ada');
  answers['invites.make'] = list!;
  answers['web.refresh'] = refresh!;
  await password.fill('a long password');
  await submit.click();
  await expect.element(page.getByText(en.signIn.ended)).not.toBeInTheDocument();
  await expect.element(page.getByTestId('invite-username')).toHaveValue('Nora');
  expect(window.location.pathname).toBe('/invites');
});

test('the one-time link makes the agency and signs its first admin in', async () => {
  const { callsOf } = openAgency({
    at: '/setup#one-time-token',
    answers: {
      ...signedOut,
      'auth.setup': () => ({ organization: organizationFixture, user: organizationUser }),
    },
  });
  await page.getByLabelText(en.setup.name).fill('Cloud Cats');
  await page.getByLabelText(en.setup.username).fill('Ada');
  await page.getByLabelText(en.setup.password, { exact: true }).fill('short');
  await page.getByRole('button', { name: en.setup.submit }).click();
  await expect.element(page.getByText(en.passwordFill)).toBeVisible();
  expect(callsOf('auth.setup')).toEqual([]);
  await page.getByLabelText(en.setup.password, { exact: true }).fill('long enough now');
  await page.getByRole('button', { name: en.setup.submit }).click();
  await expect.element(page.getByTestId('overview-numbers')).toBeVisible();
  expect(callsOf('auth.setup')[0]?.body).toMatchObject({ token: 'one-time-token', organization_name: 'Cloud Cats' });
  expect(window.location.href).not.toContain('one-time-token');
});

test('a sign-out empties the page', async () => {
  openAgency({ at: '/account' });
  await page.getByTestId('sign-out').click();
  await expect.element(submit).toBeVisible();
  expect(document.body.textContent).not.toContain('Cloud Cats');
});

const organizationUser = {
  id: organizationFixture.id,
  username: 'Ada',
  email: null,
  role: 'agency_admin' as const,
  organization_id: organizationFixture.id,
  subscription_plan: null,
  created_at: organizationFixture.created_at,
};
