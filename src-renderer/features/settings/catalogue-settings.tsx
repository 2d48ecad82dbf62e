import { type CatalogueEntry, parseCatalogue, toCatalogueText } from '@app/shared/catalogue';
import type { Settings } from '@app/shared/settings';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { saveSettings } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/states.tsx';

/** The streamer's products and songs, typed or pasted one a line; a save can be taken back until the page is left. */
export function CatalogueSettings({ settings }: { settings: Settings }) {
  const words = useWords();
  const saved = settings.catalogue;
  const [typed, setTyped] = useState<string | null>(null);
  const [before, setBefore] = useState<CatalogueEntry[] | null>(null);
  const text = typed ?? toCatalogueText(saved);
  const { entries, badLines } = parseCatalogue(text);
  const save = async (next: CatalogueEntry[], undo: CatalogueEntry[] | null) => {
    if (!(await saveSettings({ catalogue: next }))) return;
    // Lines that were not saved stay to be mended.
    setTyped(undo !== null && badLines.length > 0 ? text : null);
    setBefore(undo);
  };
  return (
    <Panel title={words.settings.sections.catalogue}>
      <form
        className="catalogue-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save(entries, saved);
        }}
      >
        <label className="setting-label" htmlFor="catalogue-text">
          {words.settings.catalogue}
        </label>
        <p className="setting-help" id="catalogue-help">
          {words.settings.catalogueHelp}
        </p>
        <Input.TextArea
          id="catalogue-text"
          aria-describedby="catalogue-help"
          data-testid="catalogue-text"
          autoSize={{ minRows: 3, maxRows: 12 }}
          placeholder={words.settings.catalogueExample}
          value={text}
          onChange={(event) => setTyped(event.target.value)}
        />
        <p className="setting-help" role="status">
          {badLines.length > 0
            ? words.settings.catalogueBad(badLines.slice(0, 5).join(words.listSeparator))
            : words.settings.catalogueCount(words.count(saved.length))}
        </p>
        <div>
          <Button htmlType="submit" data-testid="catalogue-save" disabled={typed === null}>
            {words.settings.catalogueSave}
          </Button>
          {before && (
            <Button type="text" data-testid="catalogue-undo" onClick={() => void save(before, null)}>
              {words.settings.catalogueUndo}
            </Button>
          )}
        </div>
      </form>
    </Panel>
  );
}
