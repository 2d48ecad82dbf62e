import { wordsFor } from '@app/shared/words/words';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount, unmount } from '../testing/mount.tsx';
import { LanguageProvider } from './language.tsx';
import { ErrorBox, Loading } from './states.tsx';

afterEach(unmount);

test.each(['zh', 'en'] as const)(
  'each known code is said in words of its own, with the code to copy (%s)',
  async (language) => {
    const words = wordsFor(language);
    const codes = Object.keys(words.errors.known);
    mount(
      <LanguageProvider language={language}>
        {codes.map((code) => (
          <ErrorBox key={code} code={code} />
        ))}
      </LanguageProvider>,
    );
    await expect.element(page.getByTestId('error').first()).toBeVisible();
    const boxes = page.getByTestId('error').elements();
    expect(boxes).toHaveLength(codes.length);
    boxes.forEach((box, index) => {
      expect(box.textContent).toContain(codes[index]);
      expect(box.textContent).not.toContain(words.errors.general.what);
    });
  },
);

test('a code nobody knows is said in general words and still shown', async () => {
  mount(
    <LanguageProvider language="en">
      <ErrorBox code="toString" />
    </LanguageProvider>,
  );
  await expect.element(page.getByTestId('error')).toMatchTextContent('A problem not seen before.');
  await expect.element(page.getByTestId('error')).toMatchTextContent('toString');
});

test('what loads shows nothing at once, blocks after a moment and words after two seconds', async () => {
  mount(<Loading words="reading" />);
  expect(document.querySelector('.loading-block')).toBeNull();
  await expect.element(page.getByText('reading'), { timeout: 3500 }).toBeVisible();
});
