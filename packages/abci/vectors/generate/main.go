// Vectors for the codec of packages/abci from CometBFT's own types (gogoproto): `go run . vectors` prints them as JSON,
// `go run . echo` reads frames from standard input (one byte 'q' for a request or 'a' for an answer, then the frame),
// decodes and encodes each, and writes one byte (1 read, 0 refused) and the frame (empty when refused) for each.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"time"

	"github.com/cosmos/gogoproto/proto"

	"github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/libs/protoio"
	"github.com/cometbft/cometbft/proto/tendermint/crypto"
	cmt "github.com/cometbft/cometbft/proto/tendermint/types"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "echo" {
		echo()
		return
	}
	out := map[string]any{
		"description": "Frames (length and content, hex) of CometBFT v0.40.0 abci/types, made by generate/main.go. The same messages, written in TypeScript, are in src/fixtures/vector-messages.ts.",
		"requests":    frames(requests()),
		"responses":   frames(responses()),
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	must(encoder.Encode(out))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func frame(message proto.Message) []byte {
	bytes, err := protoio.MarshalDelimited(message)
	must(err)
	return bytes
}

func frames[T proto.Message](messages map[string]T) map[string]string {
	out := map[string]string{}
	for name, message := range messages {
		out[name] = hex.EncodeToString(frame(message))
	}
	return out
}

func echo() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	for {
		kind, err := in.ReadByte()
		if err == io.EOF {
			break
		}
		must(err)
		length, err := readLength(in)
		must(err)
		content := make([]byte, length)
		_, err = io.ReadFull(in, content)
		must(err)
		var message proto.Message = &types.Request{}
		if kind == 'a' {
			message = &types.Response{}
		}
		if proto.Unmarshal(content, message) != nil {
			_, err = out.Write([]byte{0, 0})
		} else {
			_, err = out.Write(append([]byte{1}, frame(message)...))
		}
		must(err)
	}
	must(out.Flush())
}

func readLength(in *bufio.Reader) (int, error) {
	length := 0
	for shift := 0; ; shift += 7 {
		b, err := in.ReadByte()
		if err != nil {
			return 0, err
		}
		length |= int(b&0x7f) << shift
		if b < 0x80 {
			return length, nil
		}
	}
}

func run(first byte, length int) []byte {
	out := make([]byte, length)
	for i := range out {
		out[i] = first + byte(i)
	}
	return out
}

var moment = time.Unix(1_790_000_000, 123_456_789).UTC()

func params() *cmt.ConsensusParams {
	return &cmt.ConsensusParams{
		Block:     &cmt.BlockParams{MaxBytes: 524_288, MaxGas: -1},
		Evidence:  &cmt.EvidenceParams{MaxAgeNumBlocks: 100_000, MaxAgeDuration: 48*time.Hour + 5*time.Nanosecond, MaxBytes: 65_536},
		Validator: &cmt.ValidatorParams{PubKeyTypes: []string{"ed25519", "secp256k1"}},
		Version:   &cmt.VersionParams{App: 18_446_744_073_709_551_615},
		Abci:      &cmt.ABCIParams{VoteExtensionsEnableHeight: 7},
		Authority: &cmt.AuthorityParams{Authority: "board"},
	}
}

func updates() []types.ValidatorUpdate {
	return []types.ValidatorUpdate{
		{PubKey: crypto.PublicKey{Sum: &crypto.PublicKey_Ed25519{Ed25519: run(1, 32)}}, Power: 10},
		{PubKey: crypto.PublicKey{Sum: &crypto.PublicKey_Secp256K1{Secp256K1: run(2, 33)}}, Power: 0},
		{PubKey: crypto.PublicKey{Sum: &crypto.PublicKey_Ed25519{Ed25519: []byte{}}}, Power: 1},
	}
}

func commit() types.CommitInfo {
	return types.CommitInfo{Round: 3, Votes: []types.VoteInfo{
		{Validator: types.Validator{Address: run(9, 20), Power: 10}, BlockIdFlag: cmt.BlockIDFlagCommit},
		{Validator: types.Validator{Address: run(10, 20), Power: 1}, BlockIdFlag: cmt.BlockIDFlagNil},
		{BlockIdFlag: cmt.BlockIDFlagAbsent},
	}}
}

func misbehavior() []types.Misbehavior {
	return []types.Misbehavior{
		{Type: types.MisbehaviorType_DUPLICATE_VOTE, Validator: types.Validator{Address: run(9, 20), Power: 10}, Height: 41, Time: moment, TotalVotingPower: 40},
		{Type: types.MisbehaviorType_LIGHT_CLIENT_ATTACK, Height: 9_007_199_254_740_993, Time: time.Unix(0, 0).UTC()},
	}
}

func events() []types.Event {
	return []types.Event{
		{Type: "transfer", Attributes: []types.EventAttribute{{Key: "from", Value: "甲", Index: true}, {Key: "", Value: ""}}},
		{},
	}
}

func result() *types.ExecTxResult {
	return &types.ExecTxResult{Code: 4_294_967_295, Data: run(5, 200), Log: "日志", Info: "info", GasWanted: 1 << 62, GasUsed: -1, Events: events(), Codespace: "evidence"}
}

func requests() map[string]*types.Request {
	txs := [][]byte{run(1, 3), {}, run(7, 130)}
	return map[string]*types.Request{
		"echo":                types.ToRequestEcho("回声"),
		"flush":               types.ToRequestFlush(),
		"info":                types.ToRequestInfo(&types.RequestInfo{Version: "0.40.0", BlockVersion: 11, P2PVersion: 9, AbciVersion: "2.0.0"}),
		"info empty":          types.ToRequestInfo(&types.RequestInfo{}),
		"initChain":           types.ToRequestInitChain(&types.RequestInitChain{Time: moment, ChainId: "chain-1", ConsensusParams: params(), Validators: updates(), AppStateBytes: []byte(`{"a":1}`), InitialHeight: 1}),
		"initChain zero time": types.ToRequestInitChain(&types.RequestInitChain{}),
		"query":               types.ToRequestQuery(&types.RequestQuery{Data: run(3, 5), Path: "/p2p/filter/id/ab", Height: -5, Prove: true}),
		"checkTx":             types.ToRequestCheckTx(&types.RequestCheckTx{Tx: run(1, 250), Type: types.CheckTxType_New}),
		"checkTx recheck":     types.ToRequestCheckTx(&types.RequestCheckTx{Tx: []byte{1}, Type: types.CheckTxType_Recheck}),
		"commit":              types.ToRequestCommit(),
		"listSnapshots":       types.ToRequestListSnapshots(&types.RequestListSnapshots{}),
		"offerSnapshot":       types.ToRequestOfferSnapshot(&types.RequestOfferSnapshot{Snapshot: &types.Snapshot{Height: 1 << 63, Format: 1, Chunks: 300, Hash: run(4, 32), Metadata: run(5, 4)}, AppHash: run(6, 32)}),
		"offerSnapshot none":  types.ToRequestOfferSnapshot(&types.RequestOfferSnapshot{}),
		"loadSnapshotChunk":   types.ToRequestLoadSnapshotChunk(&types.RequestLoadSnapshotChunk{Height: 8, Format: 2, Chunk: 4_294_967_295}),
		"applySnapshotChunk":  types.ToRequestApplySnapshotChunk(&types.RequestApplySnapshotChunk{Index: 1, Chunk: run(0, 300), Sender: "peer"}),
		"prepareProposal": types.ToRequestPrepareProposal(&types.RequestPrepareProposal{MaxTxBytes: 524_000, Txs: txs, LocalLastCommit: types.ExtendedCommitInfo{Round: -1, Votes: []types.ExtendedVoteInfo{
			{Validator: types.Validator{Address: run(9, 20), Power: 10}, VoteExtension: []byte{1}, ExtensionSignature: run(8, 64), BlockIdFlag: cmt.BlockIDFlagCommit}}},
			Misbehavior: misbehavior(), Height: 42, Time: moment, NextValidatorsHash: run(1, 32), ProposerAddress: run(2, 20)}),
		"processProposal": types.ToRequestProcessProposal(&types.RequestProcessProposal{Txs: txs, ProposedLastCommit: commit(), Misbehavior: misbehavior(), Hash: run(3, 32), Height: 42, Time: moment, NextValidatorsHash: run(1, 32), ProposerAddress: run(2, 20)}),
		"finalizeBlock":   types.ToRequestFinalizeBlock(&types.RequestFinalizeBlock{Txs: txs, DecidedLastCommit: commit(), Misbehavior: misbehavior(), Hash: run(3, 32), Height: 42, Time: moment, NextValidatorsHash: run(1, 32), ProposerAddress: run(2, 20)}),
	}
}

func responses() map[string]*types.Response {
	check := *result()
	return map[string]*types.Response{
		"exception":           types.ToResponseException("no"),
		"echo":                types.ToResponseEcho("回声"),
		"flush":               types.ToResponseFlush(),
		"info":                types.ToResponseInfo(&types.ResponseInfo{Data: "d", Version: "1", AppVersion: 3, LastBlockHeight: 41, LastBlockAppHash: run(1, 32)}),
		"initChain":           types.ToResponseInitChain(&types.ResponseInitChain{ConsensusParams: params(), Validators: updates(), AppHash: run(1, 32)}),
		"query":               types.ToResponseQuery(&types.ResponseQuery{Code: 1, Log: "l", Info: "i", Index: 5, Key: []byte{1}, Value: []byte{2}, ProofOps: &crypto.ProofOps{Ops: []crypto.ProofOp{{Type: "t", Key: []byte{3}, Data: []byte{4}}, {}}}, Height: 40, Codespace: "c"}),
		"checkTx":             types.ToResponseCheckTx(&types.ResponseCheckTx{Code: check.Code, Data: check.Data, Log: check.Log, Info: check.Info, GasWanted: check.GasWanted, GasUsed: check.GasUsed, Events: check.Events, Codespace: check.Codespace}),
		"checkTx accepted":    types.ToResponseCheckTx(&types.ResponseCheckTx{GasWanted: 1}),
		"commit":              types.ToResponseCommit(&types.ResponseCommit{RetainHeight: 12}),
		"listSnapshots":       types.ToResponseListSnapshots(&types.ResponseListSnapshots{Snapshots: []*types.Snapshot{{Height: 8, Format: 1, Chunks: 2, Hash: run(4, 32)}, {}}}),
		"offerSnapshot":       types.ToResponseOfferSnapshot(&types.ResponseOfferSnapshot{Result: types.ResponseOfferSnapshot_REJECT_SENDER}),
		"loadSnapshotChunk":   types.ToResponseLoadSnapshotChunk(&types.ResponseLoadSnapshotChunk{Chunk: run(0, 300)}),
		"applySnapshotChunk":  types.ToResponseApplySnapshotChunk(&types.ResponseApplySnapshotChunk{Result: types.ResponseApplySnapshotChunk_RETRY, RefetchChunks: []uint32{0, 1, 300}, RejectSenders: []string{"a", ""}}),
		"prepareProposal":     types.ToResponsePrepareProposal(&types.ResponsePrepareProposal{Txs: [][]byte{run(1, 3), {}}}),
		"processProposal":     types.ToResponseProcessProposal(&types.ResponseProcessProposal{Status: types.ResponseProcessProposal_REJECT}),
		"extendVote":          types.ToResponseExtendVote(&types.ResponseExtendVote{}),
		"verifyVoteExtension": types.ToResponseVerifyVoteExtension(&types.ResponseVerifyVoteExtension{Status: types.ResponseVerifyVoteExtension_ACCEPT}),
		"finalizeBlock":       types.ToResponseFinalizeBlock(&types.ResponseFinalizeBlock{Events: events(), TxResults: []*types.ExecTxResult{result(), {}}, ValidatorUpdates: updates(), ConsensusParamUpdates: params(), AppHash: run(1, 32)}),
	}
}
