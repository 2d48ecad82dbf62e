// The face model's door: a picture or a stream of frames in, readings out. Pixels are never kept.
import type { ModelFiles } from '../model-files.ts';
import { type FaceState, type FaceStream, openFaceStream } from './face-stream.ts';
import { readHeads } from './heads.ts';
import { type Net, openNet } from './net.ts';
import { makeReadImage, type ReadImage } from './picture-reading.ts';

export type { FaceState, FaceStream, FrameReading } from './face-stream.ts';
export type { RgbImage } from './rgb-image.ts';

export type FaceModel = {
  /** Reads the largest face of one picture; with `cropped` the picture is the face and nothing is searched. */
  readImage: ReadImage;
  /** Opens a smoothed reading of successive frames of one person, with what was kept of earlier ones; the caller closes it. */
  openStream(known?: FaceState): FaceStream;
  /** Waits for running calls and frees the networks; closing twice is harmless. */
  close(): Promise<void>;
};

/** Opens detector and expression networks from verified files; rejects with ModelFailure. */
export async function openFaceModel(files: ModelFiles): Promise<FaceModel> {
  const heads = await readHeads(files);
  const open = async (name: string): Promise<Net> => openNet(await files.read(`face/${name}.onnx`));
  const [detector, faceApi, miniXception, own, quality] = await Promise.all([
    open('blazeface'),
    open('faceapi_expression'),
    open('fer_mini_xception'),
    open('own_cnn'),
    open('face_quality'),
  ]);
  const nets = { detector, faceApi, miniXception, own, quality };
  const readImage = makeReadImage(nets, heads);
  return {
    readImage,
    openStream: (known) => openFaceStream(readImage, heads, known),
    async close() {
      await Promise.all(Object.values(nets).map((net) => net.close()));
    },
  };
}
