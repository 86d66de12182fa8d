package command

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"google.golang.org/protobuf/types/known/structpb"
)

// change is one create, update or delete.
type change struct {
	urn    resource.URN
	inputs *structpb.Struct
	// previous is the state before; nil for a create.
	previous resource.PropertyMap
	preview  bool
	// scripts are the names of the inputs that may hold the command, the first one set counts.
	scripts []string
}

// change runs what the change asks for and returns the new state: the inputs, and what the command printed.
func (s *server) change(ctx context.Context, change change) (resource.PropertyMap, error) {
	inputs, err := decode(change.inputs)
	if err != nil {
		return nil, err
	}
	state := inputs.Copy()
	if change.preview {
		unknown := resource.MakeComputed(resource.NewStringProperty(""))
		state["stdout"], state["stderr"] = unknown, unknown
		return state, nil
	}
	stdout, stderr := text(change.previous, "stdout"), text(change.previous, "stderr")
	if script := firstText(inputs, change.scripts); script != nil {
		if stdout, stderr, err = s.execute(ctx, change, inputs, *script); err != nil {
			return nil, err
		}
	}
	// Plain, also beside secret inputs: secrecy flows between inputs and outputs of one name only. additionalSecretOutputs is the
	// engine's affair.
	state["stdout"], state["stderr"] = resource.NewStringProperty(stdout), resource.NewStringProperty(stderr)
	return state, nil
}

// execute runs the script. As with the real provider, Cancel kills the interpreter only: a program that the shell started without
// exec goes on, and is waited for.
func (s *server) execute(ctx context.Context, change change, inputs resource.PropertyMap, script string) (string, string, error) {
	ctx, end := s.within(ctx)
	defer end()
	argv := append(interpreter(inputs), script)
	command := exec.CommandContext(ctx, argv[0], argv[1:]...)
	command.Dir = text(inputs, "dir") // empty: the folder that this provider runs in
	command.Env = environment(inputs, change.previous)
	command.Stdin = strings.NewReader(text(inputs, "stdin"))

	var stdout, stderr bytes.Buffer
	both := &locked{}
	log := newLineLog(s.logger(ctx, change.urn))
	logging := text(inputs, "logging")
	command.Stdout = io.MultiWriter(&stdout, both, log.when(slices.Contains([]string{"", "stdout", "stdoutAndStderr"}, logging)))
	command.Stderr = io.MultiWriter(&stderr, both, log.when(slices.Contains([]string{"", "stderr", "stdoutAndStderr"}, logging)))
	err := command.Run()
	log.close()
	if err != nil {
		// The real provider shows the whole output here, also where inputs are secret.
		return "", "", fmt.Errorf("%w: running %q:\n%s", err, script, both.String())
	}
	return strings.TrimSuffix(stdout.String(), "\n"), strings.TrimSuffix(stderr.String(), "\n"), nil
}

func interpreter(inputs resource.PropertyMap) []string {
	var argv []string
	if value := bare(inputs["interpreter"]); value.IsArray() {
		for _, element := range value.ArrayValue() {
			argv = append(argv, bare(element).StringValue())
		}
	}
	if len(argv) == 0 {
		return []string{"/bin/sh", "-c"}
	}
	return argv
}

// environment is this process's own, then the resource's, then what the last run printed.
func environment(inputs, previous resource.PropertyMap) []string {
	all := os.Environ()
	if own := bare(inputs["environment"]); own.IsObject() {
		for name, value := range own.ObjectValue() {
			all = append(all, string(name)+"="+bare(value).StringValue())
		}
	}
	if add := bare(inputs["addPreviousOutputInEnv"]); add.IsBool() && !add.BoolValue() {
		return all
	}
	if stdout := text(previous, "stdout"); stdout != "" {
		all = append(all, "PULUMI_COMMAND_STDOUT="+stdout)
	}
	if stderr := text(previous, "stderr"); stderr != "" {
		all = append(all, "PULUMI_COMMAND_STDERR="+stderr)
	}
	return all
}

func firstText(inputs resource.PropertyMap, names []string) *string {
	for _, name := range names {
		if value := bare(inputs[resource.PropertyKey(name)]); value.IsString() {
			script := value.StringValue()
			return &script
		}
	}
	return nil
}

func text(properties resource.PropertyMap, name resource.PropertyKey) string {
	if value := bare(properties[name]); value.IsString() {
		return value.StringValue()
	}
	return ""
}

// locked collects two streams in the order of their writes.
type locked struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (l *locked) Write(data []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.buffer.Write(data)
}

func (l *locked) String() string { return l.buffer.String() }

// lineLog hands what is written to it on, line by line.
type lineLog struct {
	writer *io.PipeWriter
	done   chan struct{}
}

func newLineLog(log func(line string)) *lineLog {
	reader, writer := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		// As in the real provider (1.2.1): a line of 64 KiB or more ends the scanning, nobody reads on, and the command blocks for ever.
		for scanner := bufio.NewScanner(reader); scanner.Scan(); {
			log(scanner.Text())
		}
	}()
	return &lineLog{writer: writer, done: done}
}

func (l *lineLog) when(wanted bool) io.Writer {
	if wanted {
		return l.writer
	}
	return io.Discard
}

func (l *lineLog) close() {
	_ = l.writer.Close()
	<-l.done
}
