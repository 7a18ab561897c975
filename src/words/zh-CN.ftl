### 屏幕上的文字。键与 en.ftl 相同,见 mod.rs。

## 动作

action-take-generate = 生成
    .about = 让模型为这一场写若干条
action-take-stop = 停止
    .about = 停止正在写的条
action-take-accept = 采用
    .about = 采用这一条：它成为选定的一条
action-take-reject = 否决
    .about = 否决这一条，接着显示下一条
action-take-reject-why = 说明否决
    .about = 否决这一条并说明原因
action-take-next = 下一条
    .about = 显示下一条
action-take-previous = 上一条
    .about = 显示上一条
action-take-scroll-down = 往下读
    .about = 把这一条向下滚动
action-take-scroll-up = 往上读
    .about = 把这一条向上滚动
action-scene-next = 下一场
    .about = 到下一场
action-scene-previous = 上一场
    .about = 到上一场
action-scene-first = 第一场
    .about = 到第一场
action-scene-last = 最后一场
    .about = 到最后一场
action-scene-go = 跳到
    .about = 按场号跳到某一场
action-scene-brief = 梗概
    .about = 编辑这一场的梗概
action-scene-brief-outside = 外部编辑
    .about = 用 $VISUAL 或 $EDITOR 编辑这一场的梗概
action-scene-texts = 文字
    .about = 编辑场或条的任何文字
action-scene-add = 加一场
    .about = 在这一场之后加一场
action-scene-add-before = 在前加场
    .about = 在这一场之前加一场
action-scene-duplicate = 复制
    .about = 复制这一场
action-scene-delete = 删除
    .about = 删除这一场；撤销可以恢复
action-scene-move-down = 下移
    .about = 把这一场往后移
action-scene-move-up = 上移
    .about = 把这一场往前移
action-scene-renumber = 重编场号
    .about = 给所有场重新编号
action-board-open = 打开
    .about = 打开光标所在的分镜
action-board-undo = 撤销
    .about = 撤销上一个改动或裁定
action-board-redo = 重做
    .about = 重做刚才撤销的
action-board-save = 保存
    .about = 写入 YAML
action-app-help = 帮助
    .about = 显示所有按键
action-app-suspend = 挂起
    .about = 暂停程序，直到 shell 让它继续
action-app-quit = 退出
    .about = 保存并离开
action-app-leave-unsaved = 不保存离开
    .about = 不写 YAML 就离开；日志保留每个改动

## 动作分组

group-take = 条
group-scene = 场
group-board = 分镜
group-app = slateboard

## 动作后面可以带的

argument-scene = 场号

## 已完成的事

take-accepted = 采用了第 { $scene } 场第 { $take } 条
take-rejected = 否决了第 { $scene } 场第 { $take } 条
taken-back = 已收回：{ $what }
done-again = 再次：{ $what }
undone = 已撤销：{ $what }
redone = 已重做：{ $what }
scene-added = 加了第 { $number } 场
scene-duplicated = 复制了第 { $number } 场
scene-deleted = 删除第 { $number } 场
scene-moved = 移动了第 { $number } 场
scenes-numbered = 给所有场重新编了号
edited = 改了{ $what }
brief-unchanged = 梗概没有变
takes-of-scene = 第 { $number } 场的 { $count } 条
writing-takes = 正在写第 { $number } 场的 { $count } 条
saved = 已保存
stopped = 已停止

## 做不到的事,以及怎么办

not-now = 现在没有可以{ $action }的
verdict-not-taken = 裁定没有记下：{ $why }
not-recorded = 屏幕上的一个改动不在磁盘上：{ $why }；请保存
not-saved = 没有保存：{ $why }；日志保留每个改动，按 Q 不保存离开
conflict = 另一个程序改了 YAML，那份没有动；你的分镜在 { $file }
writing-still = 还在写：esc 停止，Q 直接离开
takes-without-scene = 这些条所属的场已经不在了
takes-none-whole = 没有一条写完；把这一场的秒数减少一些
takes-some-whole = { $asked } 条中写完了 { $count } 条
context-small = 上下文太小，以下从简或略去：{ $parts }
engine-died = 引擎停了：{ $why }；一切都已保留，按 g 重新启动
scene-not-found = 没有第 { $number } 场
no-board = 没有打开的分镜
scene-gone = 这一场已经不在了
take-gone = 这一条已经不在了
shot-gone = 这个镜头已经不在了
dialogue-no-speaker = 第 { $row } 行没有说话人；写成 名字： 台词
too-long = 文字有 { $length } 个字符，最多 { $cap } 个

## 可以改的文字

text-number = 场号
text-heading = 场景标题
text-brief = 梗概
text-action = 动作
text-dialogue = 对白，每行一句 名字： 台词
text-sound = 声音
text-shots = 镜头
text-shot = 镜头 { $number }
text-reason = 原因

## 否决的原因

reason-brief = 不合梗概
reason-character = 不像这个人物
reason-place = 地点或道具不对
reason-dialogue = 对白
reason-framing = 取景
reason-staging = 站位
reason-slow = 太慢
reason-seen = 似曾相识
reason-tone = 语气

## keymap.yaml

keymap-not-yaml = 这不是一份按键与动作的列表：{ $why }
keymap-no-key = { $word } 不是按键；应当是一个字符、ctrl-x、alt-x，或 esc、enter、up 这样的名字
keymap-no-action = 没有 { $id } 这个动作
keymap-no-action-but = 没有 { $id } 这个动作；也许是 { $meant }
keymap-no-argument = { $id } 后面不带东西，这里却有 { $argument }
keymap-twice = 按键 { $keys } 绑定了两次；以第一次为准

## 视图

view-too-small = { $columns }×{ $rows } 太小；需要 { $least_columns }×{ $least_rows }
view-opening = 正在打开 { $file } …
boards-title = 分镜
boards-looking = 正在找分镜 …
boards-none = 这里还没有分镜。

    按 q 离开,然后新建一个:
      slateboard new my-film.yaml
scenes-title = 场
scenes-none = 还没有场：按 o 加一场。
scenes-no-brief = （还没有梗概）
stage-no-brief = （还没有梗概：按 e 写）
stage-no-take = 还没有条：按 g 让模型写。
takes-title = 条

## 弹窗

help-title = 按键
reasons-title = 否决的原因
fields-title = 编辑
held-title = 这份分镜被占用
held-by = 在别处打开着：{ $holder }
held-look = 只看，不改
held-copy = 在旁边的副本上工作
held-leave = 离开
editor-title = 编辑{ $what }
editor-asking = 保留改动吗？

## 最后几行

hint-keep-changes = 保留改动
hint-drop-changes = 丢弃
hint-go-on = 继续
hint-keep = 保留
hint-leave = 离开
hint-undo = 撤销
hint-view = 只看
hint-copy = 副本
hint-quit = 退出
hint-reason = 原因
hint-own-words = 自己写
hint-not-after-all = 算了
hint-edit = 编辑
hint-close = 关闭
hint-scroll = 滚动
status-loading = 正在载入模型 { $percent } %
status-no-model = 没有模型
status-stopping = 正在停止
status-reading = 正在读 { $done }/{ $total }
status-writing = 正在写 { $whole }/{ $all }
status-pace = { $pace } 词元/秒
status-model = 模型 …
status-read-only = 只读
status-saving = 正在保存
status-saved = 已保存
status-unsaved = 未保存
