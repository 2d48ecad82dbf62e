// A room for the latency bench: ordinary chat, and about twice a second a question that three viewers ask.
import { danmuMsg } from '../src-main/engine/danmaku/bilibili-wire.ts';
import { inviteViewers } from '../src-main/engine/danmaku/rehearsal-viewers.ts';
import { seededRandom } from '../src-main/engine/danmaku/seeded-random.ts';
import { startSimulatorServer } from '../src-main/engine/danmaku/simulator-server.ts';

const perSecond = Number(process.argv[2] ?? 50);
const random = seededRandom(23);
const viewers = inviteViewers(random, 400);
const server = await startSimulatorServer({ ratePerSecond: 0 });
const room = { roomId: Number(server.roomId), anchorUid: 1 };
const chat = [
  '哈哈哈哈',
  '主播今天状态不错',
  '来了来了',
  '这个颜色好看',
  '晚上好呀',
  '666',
  '刚下班',
  '听着很舒服',
  '今天人真多',
  '加油加油',
];
const places = [
  '新疆',
  '西藏',
  '青海',
  '云南',
  '海南',
  '黑龙江',
  '内蒙古',
  '甘肃',
  '宁夏',
  '贵州',
  '广西',
  '四川',
  '重庆',
  '吉林',
  '辽宁',
  '山西',
  '陕西',
  '河南',
  '湖北',
  '湖南',
];
const things = [
  '围巾',
  '杯子',
  '台灯',
  '书包',
  '毛毯',
  '手账',
  '耳机',
  '键盘',
  '拖鞋',
  '雨伞',
  '相框',
  '茶叶',
  '帽子',
  '手套',
  '水壶',
];

let asked = 0;
function questions(): string[] {
  const place = places[asked % places.length]!;
  const thing = things[Math.floor(asked / places.length) % things.length]!;
  asked += 1;
  return [`${thing}发货到${place}要几天`, `${thing}到${place}要几天呀`, `${thing}发到${place}几天能到`];
}

const queue: string[] = [];
let sent = 0;
let startedAt = Date.now();
setInterval(() => {
  const due = Math.floor(((Date.now() - startedAt) / 1000) * perSecond);
  if (due - sent > perSecond) startedAt = Date.now() - (sent / perSecond) * 1000;
  while (sent < due) {
    // Of 25 messages three are a question, one after the other as in a real room that wants to know.
    if (sent % 25 === 0) queue.push(...questions());
    const text = queue.shift() ?? random.pick(chat);
    server.send([danmuMsg(viewers[(sent * 7) % viewers.length]!, text, Date.now(), room)], 'brotli');
    sent += 1;
  }
}, 10);
process.once('disconnect', () => void server.close().finally(() => process.exit(0)));
process.send?.({ endpoint: server.endpoint });
